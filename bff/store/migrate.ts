import type { Kysely } from 'kysely';
import { up as first } from './migrations/0001-first.ts';
import { up as rhythms } from './migrations/0002-rhythms.ts';
import { up as reach } from './migrations/0003-reach.ts';

/** In their order, for ever: the number of one is its place here. Expand first, contract a release later. */
const migrations = [first, rhythms, reach];

/**
 * Brings the file up to date in one transaction, which is the lock: two that start at once do it once. A file that is
 * ahead of this code is left as it is.
 */
export async function migrate(db: Kysely<unknown>, nowMs: number): Promise<void> {
  await (db as Kysely<{ migrations: { number: number; at_ms: number } }>).transaction().execute(async (trx) => {
    await trx.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('number', 'integer', (it) => it.primaryKey())
      .addColumn('at_ms', 'integer', (it) => it.notNull())
      .execute();
    const { last } = await trx
      .selectFrom('migrations')
      .select(({ fn }) => fn.max('number').as('last'))
      .executeTakeFirstOrThrow();
    for (const [index, up] of migrations.entries()) {
      const number = index + 1;
      if (number <= (last ?? 0)) continue;
      await up(trx as unknown as Kysely<unknown>); // each migration names the tables of its own time
      await trx.insertInto('migrations').values({ number, at_ms: nowMs }).execute();
    }
  });
}
