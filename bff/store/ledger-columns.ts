import type { Selectable } from 'kysely';
import type { ChainedEntry, Entry } from '#bff/audit/entry.ts';
import type { Tables } from './tables.ts';

type EntryColumns = Omit<Columns, 'seq' | 'previous_hash' | 'hash'>;
type Columns = Selectable<Tables['audit_entries']>;

/** An entry as its columns; `entryOf` turns it back, byte for byte, or the chain would not hold. */
export const columnsOf = (entry: Entry): EntryColumns => ({
  kind: entry.kind,
  of_seq: entry.of,
  at_ms: entry.atMs,
  type: entry.type,
  person_id: entry.person?.id ?? null,
  person_name: entry.person?.name ?? null,
  person_role: entry.person?.role ?? null,
  person_verified: entry.person ? Number(entry.person.verified) : null,
  session_hash: entry.sessionHash,
  resource_kind: entry.resource?.kind ?? null,
  resource_id: entry.resource?.id ?? null,
  resource_name: entry.resource?.name ?? null,
  outcome: entry.outcome,
  code: entry.code,
  status: entry.status,
  upstream_status: entry.upstreamStatus,
  reason: entry.reason,
  method: entry.method,
  path: entry.path,
  request_id: entry.requestId,
  ip: entry.ip,
  user_agent: entry.userAgent,
  count: entry.count,
  before_json: entry.before,
  after_json: entry.after,
});

/** What rests in the file is what `columnsOf` put there; whether somebody edited it since is for the chain to say. */
export const entryOf = (row: Columns): ChainedEntry =>
  ({
    kind: row.kind,
    of: row.of_seq,
    atMs: row.at_ms,
    type: row.type,
    person:
      row.person_id === null
        ? null
        : { id: row.person_id, name: row.person_name, role: row.person_role, verified: row.person_verified === 1 },
    sessionHash: row.session_hash,
    resource: row.resource_kind === null ? null : { kind: row.resource_kind, id: row.resource_id, name: row.resource_name },
    outcome: row.outcome,
    code: row.code,
    status: row.status,
    upstreamStatus: row.upstream_status,
    reason: row.reason,
    method: row.method,
    path: row.path,
    requestId: row.request_id,
    ip: row.ip,
    userAgent: row.user_agent,
    count: row.count,
    before: row.before_json,
    after: row.after_json,
    seq: row.seq,
    previousHash: row.previous_hash,
    hash: row.hash,
  }) as ChainedEntry;

/** What a new row is found by. */
export const findableBy = ({
  at_ms,
  type,
  outcome,
  person_id,
  person_name,
  resource_kind,
  resource_id,
  resource_name,
  request_id,
}: EntryColumns) => ({
  at_ms,
  type,
  outcome: outcome ?? 'pending',
  person_id,
  person_name,
  resource_kind,
  resource_id,
  resource_name,
  request_id,
});
/** What an outcome says goes before what its intent knew, as in `rowOf`. */
export const refinedBy = ({ type, outcome, person_id, person_name, resource_kind, resource_id, resource_name }: EntryColumns) => ({
  type,
  ...(outcome !== null && { outcome }),
  ...(person_id !== null && { person_id, person_name }),
  ...(resource_kind !== null && { resource_kind, resource_id, resource_name }),
});
