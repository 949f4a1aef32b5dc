import type { AuditDetail, AuditRow } from '#contract/audit.ts';
import type { AuditPage, AuditQuery } from '#contract/ledger.ts';
import type { ChainedEntry, Entry } from './entry.ts';
import type { Begun, IdempotencyClaim, StoredAnswer } from './store.ts';

/** How long an answer is kept for whoever repeats the request. */
export const claimLifeMs = 24 * 3_600_000;

/** Where entries rest, chained in the order they are written. Every call rejects when the store cannot do it in time. */
export interface LedgerRows {
  /** In one transaction: claims the key and appends the intent, or says what became of an earlier claim. */
  begin(intent: Entry, claim?: IdempotencyClaim): Promise<Begun>;
  /** In one transaction: appends the outcome and keeps the answer. Does nothing when the intent has its outcome already. */
  end(outcome: Entry, answer?: StoredAnswer): Promise<void>;
  append(fact: Entry): Promise<void>;
  /** Ends every intent that has no outcome, by `outcome` of its entry, with `answer`; says how many. */
  closeOrphans(outcomeOf: (intent: ChainedEntry) => Entry, answer: StoredAnswer): Promise<number>;
  list(query: AuditQuery): Promise<Omit<AuditPage, 'asOf'>>;
  read(seq: number): Promise<AuditDetail | undefined>;
  historyOf(resource: { kind: string; id: string }, limit: number): Promise<AuditRow[]>;
  /** Entries in their order, for the check of the chain. */
  entries(afterSeq: number, limit: number): Promise<ChainedEntry[]>;
  lastSeq(): Promise<number>;
}
