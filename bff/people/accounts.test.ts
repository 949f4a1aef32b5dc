import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bothForms, type OpenedRows } from '#bff/testing/stores.ts';
import { countedRandom, digest, manualClock, uuidOf } from '#bff/testing/world.ts';
import { issueAccountLink } from './account-link.ts';
import type { Account, AccountStore } from './accounts.ts';
import { issueLink, linkHash, linkLifeMs } from './links.ts';

const ada: Account = { id: uuidOf(1), name: 'Ada', role: 'viewer', disabled: false, passwordHash: null };

describe.each(bothForms)('accounts $form', ({ open }) => {
  let opened: OpenedRows;
  let accounts: AccountStore;
  beforeEach(async () => {
    opened = await open();
    ({ accounts } = opened.rows);
  });
  afterEach(() => opened.close());
  const clock = manualClock();
  const random = countedRandom();
  const issue = (purpose: Parameters<typeof issueLink>[0]) => issueLink(purpose, { accounts, clock, random, digest });
  const spend = async (token: string, admin?: { id: string; name: string }) =>
    accounts.spendLink(await linkHash(digest, token), 'hash', admin, clock.now());

  test('a name is one name whatever its case', async () => {
    expect(await accounts.create(ada)).toEqual(ada);
    expect(await accounts.create({ ...ada, id: uuidOf(2), name: 'ADA' })).toBeUndefined();
    expect(await accounts.byName(' aDa')).toEqual(ada);
    expect(await accounts.byId(ada.id)).toEqual(ada);
    expect(await accounts.byName('bob')).toBeUndefined();
  });

  test('role and disabled can be set', async () => {
    await accounts.create(ada);
    expect(await accounts.hasAdmin()).toBe(false);
    await accounts.setRole(ada.id, 'admin');
    await accounts.setDisabled(ada.id, true);
    expect(await accounts.byId(ada.id)).toEqual({ ...ada, role: 'admin', disabled: true });
    expect(await accounts.hasAdmin()).toBe(true);
  });

  test('a link sets the password of its account once', async () => {
    await accounts.create(ada);
    const token = await issue({ kind: 'account', accountId: ada.id });
    expect(await spend(token)).toEqual({ kind: 'done', account: { ...ada, passwordHash: 'hash' } });
    expect(await spend(token)).toEqual({ kind: 'spent' });
  });

  test('two who spend one link at the same time: one wins', async () => {
    await accounts.create(ada);
    const token = await issue({ kind: 'account', accountId: ada.id });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => spend(token)));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  });

  test('a link is worth nothing after a day, and nothing once another was issued', async () => {
    await accounts.create(ada);
    const replaced = await issue({ kind: 'account', accountId: ada.id });
    const token = await issue({ kind: 'account', accountId: ada.id });
    expect(await spend(replaced)).toEqual({ kind: 'spent' });
    clock.advance(linkLifeMs);
    expect(await spend(token)).toEqual({ kind: 'spent' });
  });

  test('the first admin is made by link once; while there is an admin no such link works', async () => {
    await accounts.create(ada);
    const token = await issue({ kind: 'first_admin' });
    expect(await spend(token, { id: uuidOf(2), name: 'ada' })).toEqual({ kind: 'name_taken' });
    expect(await spend(token, { id: uuidOf(2), name: 'Grace' })).toMatchObject({ kind: 'done', account: { name: 'Grace', role: 'admin' } });
    const second = await issue({ kind: 'first_admin' });
    expect(await accounts.readLink(await linkHash(digest, second), clock.now())).toBeUndefined();
    expect(await spend(second, { id: uuidOf(3), name: 'Eve' })).toEqual({ kind: 'spent' });
  });

  test('a link from the terminal makes an account, and lets a locked-out one in again', async () => {
    const world = { ...opened.rows, clock, random, digest };
    const { account } = await issueAccountLink(undefined, { name: 'Bob', role: 'admin' }, world);
    expect(await accounts.byName('bob')).toEqual({ ...account, role: 'admin', passwordHash: null });
    await accounts.setDisabled(account.id, true);
    const again = await issueAccountLink(await accounts.byName('bob'), { name: 'Bob', role: 'operator' }, world);
    expect(await spend(again.token)).toMatchObject({ kind: 'done', account: { id: account.id, role: 'operator', disabled: false } });
  });
});
