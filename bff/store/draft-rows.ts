import type { DraftRows } from '#bff/people/drafts.ts';
import type { Database } from './database.ts';

export function sqliteDrafts(database: Database): DraftRows {
  return {
    read: (personId, key) =>
      database.read(async (db) => {
        const row = await db.selectFrom('drafts').selectAll().where('person_id', '=', personId).where('key', '=', key).executeTakeFirst();
        return row && { personId, key, sealed: row.sealed, savedAtMs: row.saved_at_ms };
      }),
    write: ({ personId, key, sealed, savedAtMs }, keptSinceMs, most) =>
      database.write(async (trx) => {
        const kept = { sealed, saved_at_ms: savedAtMs };
        await trx
          .insertInto('drafts')
          .values({ person_id: personId, key, ...kept })
          .onConflict((at) => at.columns(['person_id', 'key']).doUpdateSet(kept))
          .execute();
        await trx.deleteFrom('drafts').where('saved_at_ms', '<', keptSinceMs).execute();
        const own = await trx.selectFrom('drafts').select('key').where('person_id', '=', personId).orderBy('saved_at_ms', 'desc').execute();
        const oldest = own.slice(most).map((it) => it.key);
        if (oldest.length > 0) await trx.deleteFrom('drafts').where('person_id', '=', personId).where('key', 'in', oldest).execute();
      }),
    remove: (personId, key) =>
      database.write(
        async (trx) => void (await trx.deleteFrom('drafts').where('person_id', '=', personId).where('key', '=', key).execute()),
      ),
  };
}
