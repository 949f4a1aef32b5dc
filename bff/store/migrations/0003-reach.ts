import type { Kysely } from 'kysely';

/** What the reach index knows, one sheet for each agent, stack and generator. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reach_records')
    .addColumn('owner', 'text', (it) => it.notNull())
    .addColumn('kind', 'text', (it) => it.notNull())
    .addColumn('id', 'text', (it) => it.notNull())
    .addColumn('record_json', 'text', (it) => it.notNull())
    .addPrimaryKeyConstraint('reach_records_key', ['owner', 'kind', 'id'])
    .execute();
}
