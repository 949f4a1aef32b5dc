import type { AuditDetail, AuditOutcome, AuditRow, AuditType } from '#contract/audit.ts';
import type { AuditPage, AuditQuery } from '#contract/ledger.ts';
import type { Problem } from '#contract/problem.ts';
import type { Person } from '#contract/session.ts';

/** Who, what, from where: written before the broker is called. */
export interface AuditIntent {
  type: AuditType;
  person: Person | null;
  sessionId: string | null;
  resource: { kind: string; id: string | null; name: string | null };
  method: string;
  path: string;
  reason: string | null;
  requestId: string;
  ip: string | null;
  userAgent: string | null;
}
/** Guards one change of one person against being done twice (DECISIONS 6). */
export interface IdempotencyClaim {
  personId: string;
  key: string;
  /** SHA-256 over endpoint, params, If-Match and canonical body, base64url. */
  requestHash: string;
}
export interface AuditEnd {
  outcome: Exclude<AuditOutcome, 'pending'>;
  code: string | null;
  status: number | null;
  /** What the broker answered, where it was asked. */
  upstreamStatus?: number;
  /** May refine the intent's type (activate, deactivate) and its resource (the id a creation got). Values are cut to the fields of the type. */
  type?: AuditType;
  resource?: AuditIntent['resource'];
  /** Who it turned out to be, where the intent could not know. */
  person?: Person;
  before?: unknown;
  after?: unknown;
  /** Kept with the idempotency key for 24 h, in the same transaction. Never an answer with a PAK. */
  answer?: StoredAnswer;
}
export type StoredAnswer =
  | { kind: 'value'; status: number; body: unknown }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'secret'; objectId: string };
/** Either the change may run, or it already did (or is running) under this key. */
export type Begun = { kind: 'begun'; seq: number } | { kind: 'running' } | { kind: 'answered'; answer: StoredAnswer } | { kind: 'reused' };

/**
 * The ledger of people's changes: append-only, hash-chained, two rows of truth per change (intent, outcome).
 * Every call rejects with `audit_unavailable` (503) within 1.5 s when the store cannot be written.
 */
export interface AuditStore {
  /** Commits the intent (and claims the idempotency key in the same transaction) before anything else happens. */
  begin(intent: AuditIntent, claim?: IdempotencyClaim): Promise<Begun>;
  /** @throws `audit_outcome_unrecorded`: the change may have happened; further changes are refused until repaired */
  end(seq: number, end: AuditEnd, intent: AuditIntent): Promise<void>;
  /** A fact that is already over: sign-in refused, access denied. Same kind within a window may be coalesced. */
  record(intent: AuditIntent, end: AuditEnd): Promise<void>;
  list(query: AuditQuery): Promise<AuditPage>;
  read(seq: number): Promise<AuditDetail | undefined>;
  /** Newest first, at most `limit`: what was done to one object. */
  historyOf(resource: { kind: string; id: string }, limit: number): Promise<AuditRow[]>;
}
