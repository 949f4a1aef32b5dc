import type { AuditDetail, AuditRow } from '#contract/audit.ts';
import type { ChainedEntry } from './entry.ts';

/** An intent or fact, and the outcome of an intent once there is one. */
export interface EntryPair {
  first: ChainedEntry;
  outcome: ChainedEntry | undefined;
}
const timeOf = (ms: number) => new Date(ms).toISOString();

/** The two entries of a change as the one row that people read. */
export function rowOf({ first, outcome }: EntryPair): AuditRow {
  const person = outcome?.person ?? first.person;
  return {
    seq: first.seq,
    at: timeOf(first.atMs),
    type: outcome?.type ?? first.type,
    person: person && { id: person.id, name: person.name, role: person.role },
    resource: outcome?.resource ?? first.resource ?? { kind: 'route', id: null, name: null },
    outcome: outcome?.outcome ?? first.outcome ?? 'pending',
    code: outcome?.code ?? first.code,
    reason: first.reason,
    requestId: first.requestId ?? '',
    count: first.count,
  };
}
export function detailOf(pair: EntryPair): AuditDetail {
  const { first, outcome } = pair;
  const last = outcome ?? first;
  return {
    ...rowOf(pair),
    endedAt: outcome ? timeOf(outcome.atMs) : first.kind === 'fact' ? timeOf(first.atMs) : null,
    method: first.method ?? '',
    path: first.path ?? '',
    status: last.status,
    upstreamStatus: last.upstreamStatus,
    ip: first.ip,
    userAgent: first.userAgent,
    sessionHash: first.sessionHash,
    before: parsed(last.before),
    after: parsed(last.after),
    previousHash: first.previousHash,
    hash: last.hash,
  };
}
const parsed = (json: string | null): unknown => (json === null ? null : (JSON.parse(json) as unknown));
