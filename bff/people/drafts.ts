import { fromUtf8, utf8 } from '#contract/bytes.ts';
import { DraftFields, type Draft } from '#contract/drafts.ts';
import type { Clock } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Vault } from './vault.ts';

/** What people typed and did not send yet: per person, sealed at rest, kept 7 days, at most 2 MiB a draft. */
export interface DraftStore {
  read(personId: string, key: string): Promise<Draft | null>;
  save(personId: string, key: string, fields: Record<string, string>): Promise<{ savedAt: string }>;
  discard(personId: string, key: string): Promise<void>;
}

/** One draft at rest. */
export interface DraftRow {
  personId: string;
  key: string;
  sealed: string;
  savedAtMs: number;
}
export interface DraftRows {
  read(personId: string, key: string): Promise<DraftRow | undefined>;
  /** In one transaction: puts the row in place and takes out whatever is older than `keptSinceMs` and the person's oldest beyond `most`. */
  write(row: DraftRow, keptSinceMs: number, most: number): Promise<void>;
  remove(personId: string, key: string): Promise<void>;
}

export const draftLimits = { bytes: 2_097_152, keptMs: 7 * 24 * 3_600_000, perPerson: 200 } as const;

export function createDrafts({ rows, vault, clock }: { rows: DraftRows; vault: Vault; clock: Clock }): DraftStore {
  return {
    async read(personId, key) {
      const row = await rows.read(personId, key);
      if (!row || row.savedAtMs <= clock.now() - draftLimits.keptMs) return null;
      const plain = await vault.open('draft', row.sealed, contextOf(personId, key));
      // Its key is gone, or somebody edited the file: there is nothing to give back.
      return plain ? { key, fields: DraftFields.parse(JSON.parse(fromUtf8(plain))), savedAt: timeOf(row.savedAtMs) } : null;
    },
    async save(personId, key, fields) {
      const size = Object.values(fields).reduce((sum, value) => sum + utf8(value).length, 0);
      if (size > draftLimits.bytes) throw new ProblemError('body_too_large', `A draft holds at most ${draftLimits.bytes} bytes`);
      const now = clock.now();
      const sealed = await vault.seal('draft', utf8(JSON.stringify(fields)), contextOf(personId, key));
      await rows.write({ personId, key, sealed, savedAtMs: now }, now - draftLimits.keptMs, draftLimits.perPerson);
      return { savedAt: timeOf(now) };
    },
    discard: (personId, key) => rows.remove(personId, key),
  };
}
const contextOf = (personId: string, key: string) => JSON.stringify([personId, key]);
const timeOf = (ms: number) => new Date(ms).toISOString();
