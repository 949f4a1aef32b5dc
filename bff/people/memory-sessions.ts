import type { SessionRow, SessionRows } from './sessions.ts';

/** Sessions that live as long as the process. */
export function memorySessions(): SessionRows {
  const rows = new Map<string, SessionRow>();
  const removeWhere = (isGone: (row: SessionRow) => boolean): void => {
    for (const row of rows.values()) if (isGone(row)) rows.delete(row.tokenHash);
  };
  return {
    insert: async (row, most) => {
      rows.set(row.tokenHash, row);
      if (most === null) return [];
      const own = [...rows.values()]
        .filter(({ personId }) => personId === row.personId)
        .toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1));
      const oldest = own.slice(most);
      for (const { tokenHash } of oldest) rows.delete(tokenHash);
      return oldest;
    },
    read: async (tokenHash) => rows.get(tokenHash),
    replace: async (row) => {
      if (rows.has(row.tokenHash)) rows.set(row.tokenHash, row);
    },
    remove: async (tokenHash) => {
      rows.delete(tokenHash);
    },
    removeAllOf: async (personId) => removeWhere((row) => row.personId === personId),
    prune: async (seenBeforeMs, endsBeforeMs) => removeWhere((row) => row.seenAtMs < seenBeforeMs || row.endsAtMs < endsBeforeMs),
    count: async (seenAfterMs, endsAfterMs) =>
      [...rows.values()].filter((row) => row.seenAtMs > seenAfterMs && row.endsAtMs > endsAfterMs).length,
  };
}
