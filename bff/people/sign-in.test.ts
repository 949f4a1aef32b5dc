import { describe, expect, test, vi } from 'vitest';
import type { PasswordHash } from '#contract/ports.ts';
import { ProblemError, type Problem } from '#contract/problem.ts';
import { memoryRows } from '#bff/testing/stores.ts';
import { countedRandom, digest, listedLog, manualClock, uuidOf } from '#bff/testing/world.ts';
import type { Account } from './accounts.ts';
import { createSignIn, type SignInWorld } from './create-sign-in.ts';
import { openFingerprint } from './fingerprint.ts';
import { createSignInLimiter } from './limiter.ts';
import { issueLink } from './links.ts';
import { createSessions } from './sessions.ts';
import type { AttemptOrigin } from './sign-in.ts';
import { createVault } from './vault.ts';

const password = 'correct horse battery';
const ada: Account = { id: uuidOf(1), name: 'Ada', role: 'operator', disabled: false, passwordHash: `plain:${password}` };
const pak = `brokkr_BRabcdef_${'k'.repeat(32)}`;
const published = 'brokkr_BR3rVsDa_GK3QN7CDUzYc6iKgMkJ98M2WSimM5t6U8';

async function setUp(changes: Partial<SignInWorld> = {}) {
  const rows = memoryRows();
  const [clock, random, log] = [manualClock(), countedRandom(), listedLog()];
  const vault = createVault([{ id: 'k', bytes: random.bytes(32) }], random);
  const verify = vi.fn<PasswordHash['verify']>(async (typed, hash) => hash === `plain:${typed}`);
  const passwords: PasswordHash = { hash: async (typed) => `plain:${typed}`, verify };
  const sessions = createSessions({
    rows: rows.sessions,
    vault,
    clock,
    random,
    digest,
    log,
    serviceCredential: () => ({ id: 'service', pak: 'p' }),
  });
  const world: SignInWorld = {
    accounts: rows.accounts,
    sessions,
    limiter: createSignInLimiter({ rows: rows.attempts, clock, digest }),
    passwords,
    fingerprint: await openFingerprint({ rows: rows.secrets, vault, random, log }),
    introspect: async () => ({ kind: 'admin', readonly: false }),
    ways: ['accounts', 'pak'],
    isExploreOffered: true,
    isProduction: false,
    clock,
    random,
    digest,
    ...changes,
  };
  await rows.accounts.create(ada);
  const notes: unknown[] = [];
  const attempt: AttemptOrigin = {
    ip: '192.0.2.1',
    requestId: 'rq_1',
    signal: new AbortController().signal,
    note: (resource) => notes.push(resource),
  };
  return { rows, clock, random, sessions, verify, notes, attempt, signIn: await createSignIn(world) };
}
const refusalOf = async (trying: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await trying.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error('it was not refused');
  return error.problem;
};

describe('with an account', () => {
  test('the right password opens a session of that person on the service key', async () => {
    const { signIn, sessions, attempt, notes } = await setUp();
    const { token } = await signIn.withAccount({ name: 'ADA', password }, attempt);
    const person = { id: `account:${ada.id}`, name: 'Ada', role: 'operator', verified: true };
    expect(await sessions.find(token, { extend: false })).toMatchObject({ person, credential: { id: 'service' } });
    expect(notes).toEqual([{ kind: 'account', id: ada.id, name: 'Ada' }]);
  });

  test('a wrong password, an unknown name, a disabled account and one without a password are refused alike, each after one verification', async () => {
    const { signIn, rows, verify, attempt } = await setUp();
    await rows.accounts.create({ ...ada, id: uuidOf(2), name: 'Disabled', disabled: true });
    await rows.accounts.create({ ...ada, id: uuidOf(3), name: 'Fresh', passwordHash: null });
    const refusals: Problem[] = [];
    for (const as of [
      { name: 'Ada', password: 'wrong' },
      { name: 'Nobody', password },
      { name: 'Disabled', password },
      { name: 'Fresh', password },
    ]) {
      verify.mockClear();
      refusals.push(await refusalOf(signIn.withAccount(as, attempt)));
      expect(verify).toHaveBeenCalledTimes(1);
    }
    expect(new Set(refusals.map((problem) => JSON.stringify(problem))).size).toBe(1);
    expect(refusals[0]).toMatchObject({ status: 401, code: 'sign_in_failed' });
  });

  test('after five failures not even the right password is looked at', async () => {
    const { signIn, verify, attempt } = await setUp();
    for (let n = 0; n < 5; n += 1) await refusalOf(signIn.withAccount({ name: 'Ada', password: `wrong ${n}` }, attempt));
    verify.mockClear();
    expect(await refusalOf(signIn.withAccount({ name: 'ada ', password }, attempt))).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(verify).not.toHaveBeenCalled();
  });

  test('when accounts are not offered nobody gets in by one', async () => {
    const { signIn, attempt } = await setUp({ ways: ['pak'] });
    expect(await refusalOf(signIn.withAccount({ name: 'Ada', password }, attempt))).toMatchObject({ code: 'sign_in_failed' });
    expect(await signIn.needsSetup()).toBe(false);
  });
});

describe('with a key', () => {
  test('an admin key opens an unverified admin session on that key, named by a fingerprint', async () => {
    const { signIn, sessions, attempt, notes } = await setUp();
    const { token } = await signIn.withPak({ pak, name: 'Grace' }, attempt);
    const session = await sessions.find(token, { extend: false });
    expect(session).toMatchObject({
      person: { id: 'pak:admin:Grace', name: 'Grace', role: 'admin', verified: false },
      credential: { pak },
    });
    expect(session?.credential.id).toMatch(/^admin:[0-9a-f]{32}$/);
    expect(JSON.stringify(notes)).not.toContain(pak);
  });

  test.each([
    ['agent', { kind: 'agent', id: 'a' } as const],
    ['generator', { kind: 'generator', id: 'g' } as const],
    ['read-only', { kind: 'admin', readonly: true } as const],
  ])('a %s key is refused with the reason', async (_kind, kind) => {
    const { signIn, attempt } = await setUp({ introspect: async () => kind });
    expect(await refusalOf(signIn.withPak({ pak, name: 'Grace' }, attempt))).toMatchObject({ code: 'key_kind_refused', status: 403 });
  });

  test('a key that the broker does not know is refused like any failure', async () => {
    const { signIn, attempt } = await setUp({ introspect: async () => undefined });
    expect(await refusalOf(signIn.withPak({ pak, name: 'Grace' }, attempt))).toEqual(
      await refusalOf(signIn.withAccount({ name: 'x', password }, attempt)),
    );
  });

  test('the published key is refused in production before the broker is asked, and taken elsewhere', async () => {
    const introspect = vi.fn<SignInWorld['introspect']>(async () => ({ kind: 'admin', readonly: false }));
    const strict = await setUp({ introspect, isProduction: true });
    expect(await refusalOf(strict.signIn.withPak({ pak: published, name: 'Grace' }, strict.attempt))).toMatchObject({
      code: 'key_kind_refused',
    });
    expect(introspect).not.toHaveBeenCalled();
    const lenient = await setUp({ introspect });
    await lenient.signIn.withPak({ pak: published, name: 'Grace' }, lenient.attempt);
  });

  test('while the broker cannot be asked, tries do not count', async () => {
    const { signIn, attempt } = await setUp({ introspect: () => Promise.reject(new ProblemError('broker_unreachable', 'x')) });
    for (let n = 0; n < 8; n += 1)
      expect(await refusalOf(signIn.withPak({ pak, name: 'Grace' }, attempt))).toMatchObject({ code: 'broker_unreachable' });
  });
});

test('exploring is refused unless it is offered', async () => {
  const offered = await setUp();
  expect(await offered.signIn.explore('viewer')).toMatchObject({ session: { person: { id: 'explore:viewer', role: 'viewer' } } });
  const closed = await setUp({ isExploreOffered: false });
  expect(await refusalOf(closed.signIn.explore('admin'))).toMatchObject({ code: 'explore_unavailable' });
});

describe('setting up', () => {
  const withLink = async () => {
    const it = await setUp();
    const token = await issueLink({ kind: 'first_admin' }, { accounts: it.rows.accounts, clock: it.clock, random: it.random, digest });
    return { ...it, token };
  };
  test('the first admin names themselves, sets a password, is signed in, and can sign in again', async () => {
    const { signIn, token, attempt } = await withLink();
    expect(await signIn.needsSetup()).toBe(true);
    await signIn.assertLink(token);
    expect(await signIn.setUp({ token, name: 'Grace', password: 'a long enough one' })).toMatchObject({
      session: { person: { name: 'Grace', role: 'admin' } },
    });
    expect(await signIn.needsSetup()).toBe(false);
    await signIn.withAccount({ name: 'grace', password: 'a long enough one' }, attempt);
    expect(await refusalOf(signIn.assertLink(token))).toMatchObject({ code: 'link_spent', status: 404 });
  });

  test.each(['Password1234', '123456789012', 'password1234!!', 'abcabcabcabc', 'qwertyuiopas', 'gracegrace123'])(
    '%s is refused beside the field and leaves the link usable',
    async (common) => {
      const { signIn, token } = await withLink();
      expect(await refusalOf(signIn.setUp({ token, name: 'Grace', password: common }))).toMatchObject({
        code: 'invalid_request',
        errors: [{ path: 'password', code: 'common' }],
      });
      await signIn.assertLink(token);
    },
  );

  test('a taken or missing name is told beside the field', async () => {
    const { signIn, token } = await withLink();
    const good = 'a long enough one';
    expect(await refusalOf(signIn.setUp({ token, name: 'ADA', password: good }))).toMatchObject({
      errors: [{ path: 'name', code: 'taken' }],
    });
    expect(await refusalOf(signIn.setUp({ token, password: good }))).toMatchObject({ errors: [{ path: 'name', code: 'required' }] });
  });

  test('a new password by link ends the sessions of that person; a link of a disabled account is worth nothing', async () => {
    const { signIn, sessions, rows, clock, random, attempt } = await setUp();
    const { token: old } = await signIn.withAccount({ name: 'Ada', password }, attempt);
    const issue = () => issueLink({ kind: 'account', accountId: ada.id }, { accounts: rows.accounts, clock, random, digest });
    await signIn.setUp({ token: await issue(), password: 'a long enough one' });
    expect(await sessions.find(old, { extend: false })).toBeUndefined();
    const token = await issue();
    await rows.accounts.setDisabled(ada.id, true);
    expect(await refusalOf(signIn.setUp({ token, password: 'a long enough one' }))).toMatchObject({ code: 'link_spent' });
  });
});
