import { sql, type Kysely, type Transaction } from 'kysely';
import { outcomeEntry, genesisHash, type ChainedEntry, type Entry } from '#bff/audit/entry.ts';
import { claimLifeMs, type LedgerRows } from '#bff/audit/rows.ts';
import type { Begun, IdempotencyClaim, StoredAnswer } from '#bff/audit/store.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Database } from './database.ts';
import { columnsOf, entryOf, findableBy, refinedBy } from './ledger-columns.ts';
import { historyOf, listEntries, readEntry } from './ledger-queries.ts';
import type { Tables } from './tables.ts';

/** The ledger in the file. Its links are computed in the store's thread, inside the transaction that reads the one before. */
export function sqliteLedger(database: Database): LedgerRows {
  return {
    begin: (intent, claim) =>
      database.write(
        async (trx): Promise<Begun> => {
          const earlier = claim && (await earlierClaim(trx, claim, intent.atMs));
          if (earlier) return earlier;
          const seq = await append(trx, intent);
          if (claim) await putClaim(trx, claim, seq, intent.atMs + claimLifeMs);
          return { kind: 'begun', seq };
        },
        // Committed after its caller was told that nothing can be changed: so nothing was.
        (begun) => {
          if (begun.kind !== 'begun') return;
          const { problem } = new ProblemError('audit_unavailable', 'The audit log could not be written in time, so nothing was changed');
          const outcome = outcomeEntry(begun.seq, {
            atMs: intent.atMs,
            type: intent.type,
            outcome: 'failure',
            code: problem.code,
            status: problem.status,
          });
          database.write((trx) => end(trx, outcome, { kind: 'problem', problem })).catch(() => undefined); // else the next start closes it
        },
      ),
    end: (outcome, answer) => database.write((trx) => end(trx, outcome, answer)),
    append: (fact) => database.write(async (trx) => void (await append(trx, fact))),
    closeOrphans: (outcomeOf, answer) =>
      database.write(async (trx) => {
        const orphans = await openIntents(trx);
        for (const intent of orphans) await end(trx, outcomeOf(intent), answer);
        return orphans.length;
      }),
    list: (query) => database.read((db) => listEntries(db, query)),
    read: (seq) => database.read((db) => readEntry(db, seq)),
    historyOf: (resource, limit) => database.read((db) => historyOf(db, resource, limit)),
    entries: (afterSeq, limit) =>
      database.read(async (db) =>
        (await db.selectFrom('audit_entries').selectAll().where('seq', '>', afterSeq).orderBy('seq').limit(limit).execute()).map(entryOf),
      ),
    lastSeq: () => database.read(async (db) => (await lastLink(db)).seq),
  };
}

async function append(trx: Transaction<Tables>, entry: Entry): Promise<number> {
  const last = await lastLink(trx);
  const seq = last.seq + 1;
  const hash = sql<string>`chain_hash(${JSON.stringify(entry)}, ${seq}, ${last.hash})`;
  const columns = columnsOf(entry);
  await trx
    .insertInto('audit_entries')
    .values({ ...columns, seq, previous_hash: last.hash, hash })
    .execute();
  if (entry.of === null)
    await trx
      .insertInto('audit_rows')
      .values({ seq, ...findableBy(columns) })
      .execute();
  else await trx.updateTable('audit_rows').set(refinedBy(columns)).where('seq', '=', entry.of).execute();
  return seq;
}
async function end(trx: Transaction<Tables>, outcome: Entry, answer?: StoredAnswer): Promise<void> {
  if (outcome.of === null || (await hasOutcome(trx, outcome.of))) return;
  await append(trx, outcome);
  if (answer)
    await trx
      .updateTable('idempotency')
      .set({ answer_json: JSON.stringify(answer) })
      .where('intent_seq', '=', outcome.of)
      .execute();
}
const lastLink = async (db: Kysely<Tables>): Promise<{ seq: number; hash: string }> =>
  (await db.selectFrom('audit_entries').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()) ?? {
    seq: 0,
    hash: genesisHash,
  };

const hasOutcome = async (db: Kysely<Tables>, seq: number): Promise<boolean> =>
  (await db.selectFrom('audit_entries').select('seq').where('of_seq', '=', seq).executeTakeFirst()) !== undefined;

async function openIntents(db: Kysely<Tables>): Promise<ChainedEntry[]> {
  const open = db.selectFrom('audit_rows').select('seq').where('outcome', '=', 'pending');
  return (await db.selectFrom('audit_entries').selectAll().where('seq', 'in', open).orderBy('seq').execute()).map(entryOf);
}

async function earlierClaim(trx: Transaction<Tables>, claim: IdempotencyClaim, nowMs: number): Promise<Begun | undefined> {
  await trx.deleteFrom('idempotency').where('expires_at_ms', '<=', nowMs).execute();
  const row = await trx
    .selectFrom('idempotency')
    .selectAll()
    .where('person_id', '=', claim.personId)
    .where('key', '=', claim.key)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.request_hash !== claim.requestHash) return { kind: 'reused' };
  return row.answer_json === null ? { kind: 'running' } : { kind: 'answered', answer: JSON.parse(row.answer_json) as StoredAnswer }; // written by `end` alone
}
const putClaim = (trx: Transaction<Tables>, { personId, key, requestHash }: IdempotencyClaim, seq: number, expiresAtMs: number) =>
  trx
    .insertInto('idempotency')
    .values({ person_id: personId, key, request_hash: requestHash, intent_seq: seq, answer_json: null, expires_at_ms: expiresAtMs })
    .execute();
