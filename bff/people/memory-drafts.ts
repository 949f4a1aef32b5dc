import type { DraftRow, DraftRows } from './drafts.ts';

/** Drafts that live as long as the process; `kept` are those of an earlier one. */
export function memoryDrafts(kept: readonly DraftRow[] = []): DraftRows & { all(): DraftRow[] } {
  const rows = new Map(kept.map((row) => [idOf(row.personId, row.key), row]));
  return {
    all: () => [...rows.values()],
    read: async (personId, key) => rows.get(idOf(personId, key)),
    write: async (row, keptSinceMs, most) => {
      const id = idOf(row.personId, row.key);
      rows.delete(id); // so that the newest comes last
      rows.set(id, row);
      for (const [at, old] of rows) if (old.savedAtMs < keptSinceMs) rows.delete(at);
      const own = [...rows].filter(([, { personId }]) => personId === row.personId);
      for (const [at] of own.slice(0, Math.max(0, own.length - most))) rows.delete(at);
    },
    remove: async (personId, key) => {
      rows.delete(idOf(personId, key));
    },
  };
}
const idOf = (personId: string, key: string) => JSON.stringify([personId, key]);
