import { sql, type Kysely } from 'kysely';

/** Ledger, idempotency, sessions, drafts, accounts, limits, secrets. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('audit_entries')
    .addColumn('seq', 'integer', (it) => it.primaryKey())
    .addColumn('kind', 'text', (it) => it.notNull())
    .addColumn('of_seq', 'integer', (it) => it.unique())
    .addColumn('at_ms', 'integer', (it) => it.notNull())
    .addColumn('type', 'text', (it) => it.notNull())
    .addColumn('person_id', 'text')
    .addColumn('person_name', 'text')
    .addColumn('person_role', 'text')
    .addColumn('person_verified', 'integer')
    .addColumn('session_hash', 'text')
    .addColumn('resource_kind', 'text')
    .addColumn('resource_id', 'text')
    .addColumn('resource_name', 'text')
    .addColumn('outcome', 'text')
    .addColumn('code', 'text')
    .addColumn('status', 'integer')
    .addColumn('upstream_status', 'integer')
    .addColumn('reason', 'text')
    .addColumn('method', 'text')
    .addColumn('path', 'text')
    .addColumn('request_id', 'text')
    .addColumn('ip', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('count', 'integer', (it) => it.notNull())
    .addColumn('before_json', 'text')
    .addColumn('after_json', 'text')
    .addColumn('previous_hash', 'text', (it) => it.notNull())
    .addColumn('hash', 'text', (it) => it.notNull())
    .execute();
  for (const verb of ['update', 'delete']) {
    await sql`create trigger ${sql.raw(`audit_entries_no_${verb}`)} before ${sql.raw(verb)} on audit_entries begin select raise(abort, 'the ledger is append-only'); end`.execute(
      db,
    );
  }
  // `insert or replace` deletes without a delete trigger: an entry may only be put behind the last one, an outcome only once.
  await sql`create trigger audit_entries_in_order before insert on audit_entries
    when new.seq <> (select coalesce(max(seq), 0) + 1 from audit_entries) or exists (select 1 from audit_entries where of_seq = new.of_seq)
    begin select raise(abort, 'the ledger is append-only'); end`.execute(db);

  await schema
    .createTable('audit_rows')
    .addColumn('seq', 'integer', (it) => it.primaryKey())
    .addColumn('at_ms', 'integer', (it) => it.notNull())
    .addColumn('type', 'text', (it) => it.notNull())
    .addColumn('outcome', 'text', (it) => it.notNull())
    .addColumn('person_id', 'text')
    .addColumn('person_name', 'text')
    .addColumn('resource_kind', 'text')
    .addColumn('resource_id', 'text')
    .addColumn('resource_name', 'text')
    .addColumn('request_id', 'text')
    .execute();
  for (const column of ['at_ms', 'type', 'outcome', 'person_id'])
    await sql`create index ${sql.raw(`audit_rows_${column} on audit_rows (${column}, seq)`)}`.execute(db);
  // Without case, as people search.
  for (const column of ['person_name', 'resource_id', 'resource_name', 'request_id']) {
    await sql`create index ${sql.raw(`audit_rows_${column} on audit_rows (${column} collate nocase, seq)`)}`.execute(db);
  }

  await schema
    .createTable('idempotency')
    .addColumn('person_id', 'text', (it) => it.notNull())
    .addColumn('key', 'text', (it) => it.notNull())
    .addColumn('request_hash', 'text', (it) => it.notNull())
    .addColumn('intent_seq', 'integer', (it) => it.notNull())
    .addColumn('answer_json', 'text')
    .addColumn('expires_at_ms', 'integer', (it) => it.notNull())
    .addPrimaryKeyConstraint('idempotency_key', ['person_id', 'key'])
    .execute();
  await schema.createIndex('idempotency_intent').on('idempotency').column('intent_seq').execute();
  await schema.createIndex('idempotency_expiry').on('idempotency').column('expires_at_ms').execute();

  await schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (it) => it.primaryKey())
    .addColumn('id', 'text', (it) => it.notNull().unique())
    .addColumn('person_id', 'text', (it) => it.notNull())
    .addColumn('person_json', 'text', (it) => it.notNull())
    .addColumn('credential_sealed', 'text')
    .addColumn('created_at_ms', 'integer', (it) => it.notNull())
    .addColumn('seen_at_ms', 'integer', (it) => it.notNull())
    .addColumn('ends_at_ms', 'integer', (it) => it.notNull())
    .addColumn('mac', 'text', (it) => it.notNull())
    .execute();
  await schema.createIndex('sessions_person').on('sessions').columns(['person_id', 'created_at_ms']).execute();

  await schema
    .createTable('drafts')
    .addColumn('person_id', 'text', (it) => it.notNull())
    .addColumn('key', 'text', (it) => it.notNull())
    .addColumn('sealed', 'text', (it) => it.notNull())
    .addColumn('saved_at_ms', 'integer', (it) => it.notNull())
    .addPrimaryKeyConstraint('drafts_key', ['person_id', 'key'])
    .execute();
  await schema.createIndex('drafts_saved').on('drafts').column('saved_at_ms').execute();

  await schema
    .createTable('accounts')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('name', 'text', (it) => it.notNull())
    .addColumn('name_key', 'text', (it) => it.notNull().unique())
    .addColumn('role', 'text', (it) => it.notNull())
    .addColumn('disabled', 'integer', (it) => it.notNull())
    .addColumn('password_hash', 'text')
    .execute();
  await schema
    .createTable('account_links')
    .addColumn('token_hash', 'text', (it) => it.primaryKey())
    .addColumn('account_id', 'text', (it) => it.references('accounts.id').onDelete('cascade'))
    .addColumn('expires_at_ms', 'integer', (it) => it.notNull())
    .execute();

  await schema
    .createTable('attempts')
    .addColumn('key', 'text', (it) => it.primaryKey())
    .addColumn('count', 'integer', (it) => it.notNull())
    .addColumn('ends_at_ms', 'integer', (it) => it.notNull())
    .execute();
  await schema.createIndex('attempts_end').on('attempts').column('ends_at_ms').execute();
  await schema
    .createTable('secrets')
    .addColumn('name', 'text', (it) => it.primaryKey())
    .addColumn('sealed', 'text', (it) => it.notNull())
    .execute();
}
