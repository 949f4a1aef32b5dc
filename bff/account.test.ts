import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger } from '#bff/audit/ledger.ts';
import { linkHash } from '#bff/people/links.ts';
import { nodeClock } from '#bff/node-world.ts';
import type { Store } from '#bff/store/open-store.ts';
import { openFile, temporaryFolder } from '#bff/testing/stores.ts';
import { digest, listedLog } from '#bff/testing/world.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./account.ts', import.meta.url));
let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await openFile(folder.file); // a console that runs meanwhile
});
afterEach(async () => {
  await store.close();
  folder.remove();
});
const account = async (...args: string[]) => {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: `sqlite:${folder.file}`,
    PUBLIC_ORIGIN: 'https://console.example.org',
    BROKER_URL: 'http://127.0.0.1:1',
    BROKER_PAK: `brokkr_BRabcdef_${'k'.repeat(32)}`,
  };
  const { stdout } = await run(process.execPath, [script, ...args], { env });
  return new URL(/https:\S+/.exec(stdout)?.[0] ?? '');
};
const purposeOf = async (link: URL) => store.accounts.readLink(await linkHash(digest, link.hash.slice(1)), nodeClock.now());

test('beside a running console it makes an account and prints a link to set its password, with a row in the same chain', async () => {
  const link = await account('Ada Lovelace', '--role', 'viewer');
  expect(link.href).toMatch(/^https:\/\/console\.example\.org\/setup#[\w-]{43}$/);
  const ada = await store.accounts.byName('ada lovelace');
  expect(ada).toMatchObject({ role: 'viewer', passwordHash: null });
  expect(await purposeOf(link)).toEqual({ kind: 'account', accountId: ada?.id });
  const ledger = await openLedger({ rows: store.ledger, clock: nodeClock, digest, log: listedLog(), mask: (text) => text, isOwner: false });
  expect(await ledger.list({ limit: 10 })).toMatchObject({
    rows: [
      { type: 'admin.user.created', outcome: 'success', person: { id: 'terminal' }, resource: { kind: 'account', name: 'Ada Lovelace' } },
    ],
  });
  expect(await ledger.check(10)).toBeNull();
});

test('it lets a locked-out admin in again, without being told the role', async () => {
  const first = await account('grace', '--role', 'admin');
  const grace = await store.accounts.byName('grace');
  await store.accounts.setDisabled(grace?.id ?? '', true);
  const second = await account('GRACE');
  expect(await store.accounts.byName('grace')).toMatchObject({ id: grace?.id, role: 'admin', disabled: false });
  expect(await purposeOf(first)).toBeUndefined();
  expect(await purposeOf(second)).toMatchObject({ kind: 'account' });
});

test.each([
  [['bob'], /no account bob yet: say its role/],
  [['bob', '--role', 'boss'], /boss is no role/],
  [[], /A name is needed/],
  [['bob', '--force'], /Use: npm run account/],
])('%j is answered by how to use it', async (args, message) => {
  await expect(account(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
});
