import { utf8 } from '#contract/bytes.ts';
import type { AuditOutcome, AuditType } from '#contract/audit.ts';
import type { Person } from '#contract/session.ts';

/**
 * One link of the chain; never changed once written. What people see as one row of the audit is one of:
 * - an `intent`, committed before its change begins, and the `outcome` that later names it in `of`; an intent without
 *   outcome is shown as pending;
 * - a `fact`, over when it was written: a sign-in, a refusal, a query.
 * A row has the number and the time of its intent or fact. An outcome holds only what it adds or makes more exact.
 */
export interface Entry {
  kind: 'intent' | 'outcome' | 'fact';
  /** Number of the intent that an outcome ends. */
  of: number | null;
  atMs: number;
  type: AuditType;
  person: Person | null;
  sessionHash: string | null;
  resource: { kind: string; id: string | null; name: string | null } | null;
  outcome: Exclude<AuditOutcome, 'pending'> | null;
  code: string | null;
  status: number | null;
  upstreamStatus: number | null;
  reason: string | null;
  method: string | null;
  path: string | null;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
  /** Coalesced floods: how many events this stands for. */
  count: number;
  /** JSON, allow-listed, at most 64 KiB. */
  before: string | null;
  after: string | null;
}
export interface ChainedEntry extends Entry {
  /** 1, 2, 3, … without gaps. */
  seq: number;
  previousHash: string;
  hash: string;
}

export const genesisHash = '0'.repeat(64);

/**
 * The bytes that are hashed: the hash before, the number, and every member in this order, as UTF-8 JSON. Whoever writes
 * and whoever verifies reads them here; a change of this order breaks every chain there is.
 */
export function canonicalBytes(entry: Entry, seq: number, previousHash: string): Uint8Array<ArrayBuffer> {
  const { person, resource } = entry;
  return utf8(
    JSON.stringify([
      previousHash,
      seq,
      entry.kind,
      entry.of,
      entry.atMs,
      entry.type,
      person && [person.id, person.name, person.role, person.verified],
      entry.sessionHash,
      resource && [resource.kind, resource.id, resource.name],
      entry.outcome,
      entry.code,
      entry.status,
      entry.upstreamStatus,
      entry.reason,
      entry.method,
      entry.path,
      entry.requestId,
      entry.ip,
      entry.userAgent,
      entry.count,
      entry.before,
      entry.after,
    ]),
  );
}

/** What is not said of an outcome is as its intent has it. */
export function outcomeEntry(of: number, facts: Pick<Entry, 'atMs' | 'type' | 'outcome' | 'code'> & Partial<Entry>): Entry {
  const nothing = { person: null, sessionHash: null, resource: null, status: null, upstreamStatus: null, reason: null };
  const noOrigin = { method: null, path: null, requestId: null, ip: null, userAgent: null };
  return { ...nothing, ...noOrigin, count: 1, before: null, after: null, ...facts, kind: 'outcome', of };
}
