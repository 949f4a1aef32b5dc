import type { Kysely } from 'kysely';

/** How often each agent reports. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rhythms')
    .addColumn('agent_id', 'text', (it) => it.primaryKey())
    .addColumn('gaps_json', 'text', (it) => it.notNull())
    .execute();
}
