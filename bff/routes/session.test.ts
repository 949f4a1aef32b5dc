import { describe, expect, test } from 'vitest';
import { createSignIn } from '#bff/people/create-sign-in.ts';
import { openFingerprint } from '#bff/people/fingerprint.ts';
import { createSignInLimiter } from '#bff/people/limiter.ts';
import { issueLink } from '#bff/people/links.ts';
import { createVault } from '#bff/people/vault.ts';
import type { AnyRoute, Caller, SessionSlot } from '#bff/pipeline/route.ts';
import { readAudit } from '#contract/ledger.ts';
import { ProblemError } from '#contract/problem.ts';
import { readSession, setUp as setUpEndpoint, signInToExplore, signInWithAccount, signInWithPak, signOut } from '#contract/session.ts';
import { aRequest, callerOf, runner, testServices } from '#bff/testing/services.ts';
import { digest, uuidOf } from '#bff/testing/world.ts';
import { auditRoutes } from './audit.ts';
import { draftRoutes } from './drafts.ts';
import { sessionRoutes } from './session.ts';

const pak = `brokkr_BRabcdef_${'k'.repeat(32)}`;
const password = 'correct horse battery';
const find = (routes: readonly AnyRoute[], { id }: { id: string }): AnyRoute => {
  const found = routes.find((it) => it.endpoint.id === id);
  if (!found) throw new Error(id);
  return found;
};

async function aConsole() {
  const world = await testServices({ endpoints: [readAudit] });
  const { services, rows, clock, random } = world;
  const vault = createVault([{ id: 'k', bytes: random.bytes(32) }], random);
  services.signIn = await createSignIn({
    accounts: rows.accounts,
    sessions: services.sessions,
    limiter: createSignInLimiter({ rows: rows.attempts, clock, digest }),
    passwords: { hash: async (typed) => `plain:${typed}`, verify: async (typed, hash) => hash === `plain:${typed}` },
    fingerprint: await openFingerprint({ rows: rows.secrets, vault, random, log: services.log }),
    introspect: async (key) => (key === pak ? { kind: 'admin', readonly: false } : undefined),
    ways: ['accounts', 'pak'],
    isExploreOffered: true,
    isProduction: true,
    clock,
    random,
    digest,
  });
  await rows.accounts.create({ id: uuidOf(1), name: 'Ada', role: 'operator', disabled: false, passwordHash: `plain:${password}` });
  const run = runner(services);
  /** As a carrier does it: the cookie follows the slot once there is an answer. */
  const browser = () => {
    let cookie: string | null = null;
    const call = async (at: { id: string }, body?: unknown, routes = sessionRoutes) => {
      const session: SessionSlot = { presented: cookie };
      const known = cookie === null ? undefined : await services.sessions.find(cookie, { extend: true });
      const caller: Caller | null = known
        ? { person: known.person, sessionId: known.id, sessionEndsAtMs: known.endsAtMs, credential: known.credential }
        : null;
      const answer = await run(find(routes, at), aRequest({ body }), caller, { session });
      if (session.next !== undefined) cookie = session.next;
      return answer;
    };
    return { call, cookie: () => cookie, present: (token: string) => void (cookie = token) };
  };
  return { ...world, browser };
}

describe('signing in', () => {
  test('by account: nobody, then the person with what the role may not do, then nobody again', async () => {
    const { browser, audit } = await aConsole();
    const { call, cookie } = browser();
    expect(await call(readSession)).toMatchObject({ signedIn: false, ways: ['accounts'], needsSetup: true });
    expect(await call(signInWithAccount, { name: 'Ada', password })).toEqual({
      person: { id: `account:${uuidOf(1)}`, name: 'Ada', role: 'operator', verified: true },
    });
    expect(await call(readSession)).toMatchObject({
      signedIn: true,
      person: { name: 'Ada' },
      refusals: { [readAudit.id]: { needs: 'admin' } },
    });
    expect(await call(signOut, {})).toEqual({ done: true });
    expect(cookie()).toBeNull();
    expect(await call(readSession)).toMatchObject({ signedIn: false });
    expect((await audit()).map(({ type, person, outcome }) => [type, person?.name, outcome])).toEqual([
      ['auth.login.success', 'Ada', 'success'],
      ['auth.logout', 'Ada', 'success'],
    ]);
  });

  test('a token from before sign-in is worth nothing after it', async () => {
    const { browser, services } = await aConsole();
    const { call, cookie, present } = browser();
    await call(signInWithAccount, { name: 'Ada', password });
    const first = cookie() ?? '';
    await call(signInWithAccount, { name: 'Ada', password });
    expect(cookie()).not.toBe(first);
    expect(await services.sessions.find(first, { extend: false })).toBeUndefined();
    const planted = 'A'.repeat(43);
    present(planted);
    await call(signInWithAccount, { name: 'Ada', password });
    expect(cookie()).not.toBe(planted);
    expect(await services.sessions.find(planted, { extend: false })).toBeUndefined();
  });

  test('failures leave the cookie alone, and a row that names an account only when there is one', async () => {
    const { browser, audit } = await aConsole();
    const { call, cookie } = browser();
    await expect(call(signInWithAccount, { name: 'Ada', password: 'wrong' })).rejects.toMatchObject({ code: 'sign_in_failed' });
    await expect(call(signInWithAccount, { name: 'hunter2hunter2', password: 'wrong' })).rejects.toMatchObject({ code: 'sign_in_failed' });
    expect(cookie()).toBeNull();
    expect(await audit()).toMatchObject([
      { type: 'auth.login.failure', code: 'sign_in_failed', resource: { kind: 'account', name: 'Ada' }, person: null },
      { type: 'auth.login.failure', code: 'sign_in_failed', resource: { kind: 'account', name: null }, person: null },
    ]);
  });

  test('by key: the key is in no row and no answer', async () => {
    const { browser, audit, rows } = await aConsole();
    const { call } = browser();
    const answers = [await call(signInWithPak, { pak, name: 'Grace' }), await call(readSession)];
    await expect(call(signInWithPak, { pak: `${pak}x`, name: 'Grace' })).rejects.toMatchObject({ code: 'sign_in_failed' });
    expect(await audit()).toMatchObject([
      {
        type: 'auth.login.success',
        person: { id: 'pak:admin:Grace', role: 'admin' },
        resource: { kind: 'pak', id: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'Grace' },
      },
      { type: 'auth.login.failure', resource: { kind: 'pak', name: 'Grace' } },
    ]);
    expect(JSON.stringify([answers, await rows.ledger.entries(0, 10)])).not.toContain(pak);
  });

  test('a sixth browser of one person ends the first, with a row that says why', async () => {
    const { browser, audit, clock } = await aConsole();
    const browsers = Array.from({ length: 6 }, () => browser());
    for (const { call } of browsers) {
      await call(signInWithAccount, { name: 'Ada', password });
      clock.advance(1000);
    }
    expect(await browsers[0]?.call(readSession)).toMatchObject({ signedIn: false });
    expect(await browsers[1]?.call(readSession)).toMatchObject({ signedIn: true });
    expect((await audit()).filter(({ type }) => type === 'auth.session.revoked')).toMatchObject([
      { resource: { kind: 'session', name: 'Ada' }, person: { name: 'Ada' } },
    ]);
  });

  test('exploring as a role', async () => {
    const { browser, audit } = await aConsole();
    const { call } = browser();
    await call(signInToExplore, { role: 'viewer' });
    expect(await call(readSession)).toMatchObject({ signedIn: true, person: { id: 'explore:viewer', role: 'viewer' } });
    expect(await audit()).toMatchObject([{ type: 'auth.login.success', person: { id: 'explore:viewer' } }]);
  });

  test('a sign-in that cannot be recorded gives no session', async () => {
    const { browser, services } = await aConsole();
    const { call, cookie } = browser();
    services.audit = { ...services.audit, record: () => Promise.reject(new ProblemError('audit_unavailable', 'x')) };
    await expect(call(signInWithAccount, { name: 'Ada', password })).rejects.toMatchObject({ problem: { status: 503 } });
    expect(cookie()).toBeNull();
  });

  test('where identity is given there is no way in', async () => {
    const { services } = await testServices();
    const at = (it: { id: string }, body: unknown) => runner(services)(find(sessionRoutes, it), aRequest({ body }), null);
    await expect(at(signInToExplore, { role: 'admin' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await runner(services)(find(sessionRoutes, readSession), aRequest(), null)).toMatchObject({
      signedIn: false,
      needsSetup: false,
    });
  });
});

describe('setting up', () => {
  test('the link makes the first admin, signs them in, leaves one row, and is spent', async () => {
    const { browser, rows, clock, random, audit } = await aConsole();
    const token = await issueLink({ kind: 'first_admin' }, { accounts: rows.accounts, clock, random, digest });
    const { call } = browser();
    await call(setUpEndpoint, { token, name: 'Grace', password });
    expect(await call(readSession)).toMatchObject({ signedIn: true, person: { name: 'Grace', role: 'admin' } });
    expect(await audit()).toMatchObject([
      { type: 'admin.setup.completed', outcome: 'success', person: { name: 'Grace' }, resource: { kind: 'account', name: 'Grace' } },
    ]);
    await expect(browser().call(setUpEndpoint, { token, name: 'Eve', password })).rejects.toMatchObject({
      problem: { code: 'link_spent', status: 404 },
    });
    expect((await audit()).at(-1)).toMatchObject({ type: 'authz.access.denied', code: 'link_spent' });
  });

  test('guessed links leave no intents behind, only counted refusals', async () => {
    const { browser, audit } = await aConsole();
    for (let n = 0; n < 30; n += 1)
      await expect(browser().call(setUpEndpoint, { token: n.toString().padStart(43, '0'), password })).rejects.toMatchObject({
        code: 'link_spent',
      });
    expect(await audit()).toHaveLength(1);
  });
});

test('drafts belong to whoever typed them', async () => {
  const { services } = await testServices();
  const run = runner(services);
  const at = (method: string) => find(draftRoutes, { id: `${method} /api/drafts` });
  await run(at('PUT'), aRequest({ body: { key: 'agent/create', fields: { name: 'edge' } } }), callerOf('viewer', 'ada'));
  const read = (name: string) => run(at('GET'), aRequest({ query: { key: 'agent/create' } }), callerOf('viewer', name));
  expect(await read('ada')).toMatchObject({ draft: { fields: { name: 'edge' } } });
  expect(await read('bob')).toEqual({ draft: null });
  await run(at('DELETE'), aRequest({ body: { key: 'agent/create' } }), callerOf('viewer', 'ada'));
  expect(await read('ada')).toEqual({ draft: null });
  await expect(run(at('GET'), aRequest({ query: { key: '../x' } }), callerOf('viewer', 'ada'))).rejects.toMatchObject({
    code: 'invalid_request',
  });
});

test('the audit is for admins, tells what was looked for, and knows no row that is not there', async () => {
  const { services, ledger } = await testServices();
  const run = runner(services);
  const list = find(auditRoutes, { id: 'GET /api/audit' });
  const read = find(auditRoutes, { id: 'GET /api/audit/:seq' });
  const admin = callerOf('admin');
  await expect(run(list, aRequest(), callerOf('operator'))).rejects.toMatchObject({ code: 'role_required' });
  expect(await run(list, aRequest({ query: { outcome: 'denied', limit: '10' } }), admin)).toMatchObject({
    rows: [{ seq: 1, type: 'authz.access.denied' }],
    total: 1,
    matching: 1,
    next: null,
  });
  expect(await run(read, aRequest({ params: { seq: '2' } }), admin)).toMatchObject({
    type: 'audit.queried',
    after: { outcome: ['denied'] },
    ip: '192.0.2.1',
    hash: expect.any(String),
  });
  await expect(run(read, aRequest({ params: { seq: '99' } }), admin)).rejects.toMatchObject({ code: 'not_found' });
  for (let n = 0; n < 20; n += 1) await run(list, aRequest({ query: { outcome: 'denied', limit: '10' } }), admin);
  expect((await ledger.list({ limit: 50 })).total).toBe(2);
});
