import type { Selectable } from 'kysely';
import type { SessionRow, SessionRows } from '#bff/people/sessions.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

type Columns = Selectable<Tables['sessions']>;

export function sqliteSessions(database: Database): SessionRows {
  return {
    insert: (row, most) =>
      database.write(async (trx) => {
        await trx.insertInto('sessions').values(columnsOf(row)).execute();
        if (most === null) return [];
        const own = await trx
          .selectFrom('sessions')
          .selectAll()
          .where('person_id', '=', row.personId)
          .orderBy('created_at_ms', 'desc')
          .orderBy('id', 'desc')
          .execute();
        const oldest = own.slice(most);
        if (oldest.length > 0)
          await trx
            .deleteFrom('sessions')
            .where(
              'token_hash',
              'in',
              oldest.map((it) => it.token_hash),
            )
            .execute();
        return oldest.map(rowOf);
      }),
    read: (tokenHash) =>
      database.read(async (db) => {
        const row = await db.selectFrom('sessions').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
        return row && rowOf(row);
      }),
    replace: (row) =>
      database.write(
        async (trx) => void (await trx.updateTable('sessions').set(columnsOf(row)).where('token_hash', '=', row.tokenHash).execute()),
      ),
    remove: (tokenHash) =>
      database.write(async (trx) => void (await trx.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute())),
    removeAllOf: (personId) =>
      database.write(async (trx) => void (await trx.deleteFrom('sessions').where('person_id', '=', personId).execute())),
    prune: (seenBeforeMs, endsBeforeMs) =>
      database.write(async (trx) => {
        await trx
          .deleteFrom('sessions')
          .where((it) => it.or([it('seen_at_ms', '<', seenBeforeMs), it('ends_at_ms', '<', endsBeforeMs)]))
          .execute();
      }),
    count: (seenAfterMs, endsAfterMs) =>
      database.read(async (db) => {
        const alive = db.selectFrom('sessions').where('seen_at_ms', '>', seenAfterMs).where('ends_at_ms', '>', endsAfterMs);
        return (await alive.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
      }),
  };
}

const columnsOf = (row: SessionRow): Columns => ({
  token_hash: row.tokenHash,
  id: row.id,
  person_id: row.personId,
  person_json: row.person,
  credential_sealed: row.credential,
  created_at_ms: row.createdAtMs,
  seen_at_ms: row.seenAtMs,
  ends_at_ms: row.endsAtMs,
  mac: row.mac,
});
const rowOf = (row: Columns): SessionRow => ({
  tokenHash: row.token_hash,
  id: row.id,
  personId: row.person_id,
  person: row.person_json,
  credential: row.credential_sealed,
  createdAtMs: row.created_at_ms,
  seenAtMs: row.seen_at_ms,
  endsAtMs: row.ends_at_ms,
  mac: row.mac,
});
