import type { Kysely, Selectable } from 'kysely';
import { nameKey, type Account, type AccountStore, type LinkPurpose, type Spent } from '#bff/people/accounts.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export function sqliteAccounts(database: Database): AccountStore {
  return {
    hasAdmin: () => database.read(hasAdmin),
    byName: (name) => database.read((db) => byName(db, name)),
    byId: (id) => database.read((db) => byId(db, id)),
    create: (account) => database.write((trx) => create(trx, account)),
    setRole: (id, role) =>
      database.write(async (trx) => void (await trx.updateTable('accounts').set({ role }).where('id', '=', id).execute())),
    setDisabled: (id, disabled) =>
      database.write(
        async (trx) =>
          void (await trx
            .updateTable('accounts')
            .set({ disabled: Number(disabled) })
            .where('id', '=', id)
            .execute()),
      ),
    putLink: (tokenHash, purpose, expiresAtMs) =>
      database.write(async (trx) => {
        const accountId = purpose.kind === 'account' ? purpose.accountId : null;
        await trx.deleteFrom('account_links').where('account_id', 'is', accountId).execute();
        await trx
          .insertInto('account_links')
          .values({ token_hash: tokenHash, account_id: accountId, expires_at_ms: expiresAtMs })
          .execute();
      }),
    readLink: (tokenHash, nowMs) => database.read((db) => liveLink(db, tokenHash, nowMs)),
    spendLink: (tokenHash, passwordHash, firstAdmin, nowMs) =>
      database.write(async (trx): Promise<Spent> => {
        const purpose = await liveLink(trx, tokenHash, nowMs);
        if (!purpose) return { kind: 'spent' };
        let account: Account | undefined;
        if (purpose.kind === 'account') {
          await trx.updateTable('accounts').set({ password_hash: passwordHash }).where('id', '=', purpose.accountId).execute();
          account = await byId(trx, purpose.accountId);
        } else if (firstAdmin) {
          account = await create(trx, { ...firstAdmin, role: 'admin', disabled: false, passwordHash });
          if (!account) return { kind: 'name_taken' };
        }
        if (!account) return { kind: 'spent' };
        await trx.deleteFrom('account_links').where('token_hash', '=', tokenHash).execute();
        return { kind: 'done', account };
      }),
  };
}

async function create(db: Kysely<Tables>, account: Account): Promise<Account | undefined> {
  if (await byName(db, account.name)) return undefined;
  const { id, name, role, disabled, passwordHash } = account;
  await db
    .insertInto('accounts')
    .values({ id, name, name_key: nameKey(name), role, disabled: Number(disabled), password_hash: passwordHash })
    .execute();
  return account;
}
const hasAdmin = async (db: Kysely<Tables>): Promise<boolean> =>
  (await db.selectFrom('accounts').select('id').where('role', '=', 'admin').limit(1).executeTakeFirst()) !== undefined;

async function byName(db: Kysely<Tables>, name: string): Promise<Account | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('name_key', '=', nameKey(name)).executeTakeFirst();
  return row && accountOf(row);
}
async function byId(db: Kysely<Tables>, id: string): Promise<Account | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && accountOf(row);
}
async function liveLink(db: Kysely<Tables>, tokenHash: string, nowMs: number): Promise<LinkPurpose | undefined> {
  const row = await db
    .selectFrom('account_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at_ms', '>', nowMs)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.account_id !== null) return { kind: 'account', accountId: row.account_id };
  return (await hasAdmin(db)) ? undefined : { kind: 'first_admin' };
}
const accountOf = ({ id, name, role, disabled, password_hash: passwordHash }: Selectable<Tables['accounts']>): Account => ({
  id,
  name,
  role,
  disabled: disabled === 1,
  passwordHash,
});
