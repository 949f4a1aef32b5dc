import type { Draft } from '#contract/drafts.ts';

/** What people typed and did not send yet: per person, sealed at rest, kept 7 days, at most 2 MiB a draft. */
export interface DraftStore {
  read(personId: string, key: string): Promise<Draft | null>;
  save(personId: string, key: string, fields: Record<string, string>): Promise<{ savedAt: string }>;
  discard(personId: string, key: string): Promise<void>;
}
