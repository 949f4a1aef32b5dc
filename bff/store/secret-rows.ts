import type { SecretRows } from '#bff/people/fingerprint.ts';
import type { Database } from './database.ts';

export function sqliteSecrets(database: Database): SecretRows {
  return {
    read: (name) =>
      database.read(async (db) => (await db.selectFrom('secrets').select('sealed').where('name', '=', name).executeTakeFirst())?.sealed),
    mint: (name, sealed) =>
      database.write(async (trx) => {
        await trx
          .insertInto('secrets')
          .values({ name, sealed })
          .onConflict((at) => at.column('name').doNothing())
          .execute();
        return (await trx.selectFrom('secrets').select('sealed').where('name', '=', name).executeTakeFirstOrThrow()).sealed;
      }),
    replace: (name, sealed) =>
      database.write(async (trx) => void (await trx.updateTable('secrets').set({ sealed }).where('name', '=', name).execute())),
  };
}
