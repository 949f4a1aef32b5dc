import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Credential } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Person } from '#contract/session.ts';
import { bothForms, type OpenedRows } from '#bff/testing/stores.ts';
import { countedRandom, digest, listedLog, manualClock, type LogLine } from '#bff/testing/world.ts';
import { createSessions, sessionLimits, type SessionRow, type SessionRows } from './sessions.ts';
import { createVault, type VaultKey } from './vault.ts';

const ada: Person = { id: 'account:ada', name: 'Ada', role: 'operator', verified: true };
const service: Credential = { id: 'service', pak: 'brokkr_BRservice_secret' };
const own: Credential = { id: 'admin:abc', pak: 'brokkr_BRownown1_secret' };
/** The note that somebody was here is written beside the request. */
const soon = (check: () => Promise<void>) => vi.waitFor(check, { interval: 1 });
const random = countedRandom();
const oldKey: VaultKey = { id: 'old', bytes: random.bytes(32) };
const newKey: VaultKey = { id: 'new', bytes: random.bytes(32) };

describe.each(bothForms)('sessions $form', ({ open }) => {
  let opened: OpenedRows;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  const setUp = ({
    keys = [oldKey],
    rows = opened.rows.sessions,
    clock = manualClock(),
    serviceCredential = (): Credential | null => service,
  } = {}) => {
    const lines: LogLine[] = [];
    const sessions = createSessions({
      rows,
      vault: createVault(keys, random),
      clock,
      random,
      digest,
      log: listedLog(lines),
      serviceCredential,
    });
    return { sessions, clock, lines };
  };
  /** Sees and edits rows on their way to the rules, as whoever holds the file can. */
  const editing = (edit: (row: SessionRow) => SessionRow): SessionRows => ({
    ...opened.rows.sessions,
    read: async (hash) => {
      const row = await opened.rows.sessions.read(hash);
      return row && edit(row);
    },
  });
  const seeing = (): { rows: SessionRows; last: () => SessionRow | undefined } => {
    let last: SessionRow | undefined;
    return { rows: editing((row) => (last = row)), last: () => last };
  };

  test('a session is found by its token, under an id that is not the token', async () => {
    const { sessions } = setUp();
    const { token, session } = await sessions.open(ada, { kind: 'service' });
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await sessions.find(token, { extend: true })).toEqual({
      id: session.id,
      person: ada,
      credential: service,
      endsAtMs: session.endsAtMs,
    });
  });

  test('a token that nobody issued is nobody, and does not become a session', async () => {
    const { sessions } = setUp();
    const presented = 'A'.repeat(43);
    expect(await sessions.find(presented, { extend: true })).toBeUndefined();
    expect((await sessions.open(ada, { kind: 'service' })).token).not.toBe(presented);
    expect(await sessions.find(presented, { extend: true })).toBeUndefined();
  });

  test('the store holds neither the token nor the key in clear', async () => {
    const { rows, last } = seeing();
    const { sessions } = setUp({ rows });
    const { token } = await sessions.open(ada, { kind: 'own', credential: own });
    expect((await sessions.find(token, { extend: true }))?.credential).toEqual(own);
    const atRest = JSON.stringify(last());
    expect(atRest).not.toContain(token);
    expect(atRest).not.toContain(own.pak);
    expect(atRest).toContain('Ada');
  });

  test('a session ends after 30 idle minutes, and not before', async () => {
    const { sessions, clock } = setUp();
    const { token } = await sessions.open(ada, { kind: 'service' });
    clock.advance(sessionLimits.idleMs - 1);
    expect(await sessions.find(token, { extend: false })).toMatchObject({ person: ada });
    clock.advance(1);
    expect(await sessions.find(token, { extend: true })).toBeUndefined();
  });

  test('an action extends the idle time, a poll does not', async () => {
    const { sessions, clock } = setUp();
    const [acting, polling] = [
      (await sessions.open(ada, { kind: 'service' })).token,
      (await sessions.open(ada, { kind: 'service' })).token,
    ];
    clock.advance(20 * 60_000);
    expect(await sessions.find(acting, { extend: true })).toMatchObject({ person: ada });
    expect(await sessions.find(polling, { extend: false })).toMatchObject({ person: ada });
    await soon(async () => expect(await opened.rows.sessions.count(clock.now() - 1, 0)).toBe(1));
    clock.advance(20 * 60_000);
    expect(await sessions.find(acting, { extend: false })).toMatchObject({ person: ada });
    expect(await sessions.find(polling, { extend: false })).toBeUndefined();
  });

  test('a session ends after 12 hours however busy', async () => {
    const { sessions, clock } = setUp();
    const { token } = await sessions.open(ada, { kind: 'service' });
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      expect(await sessions.find(token, { extend: true })).toMatchObject({ person: ada });
      const seenAt = clock.now();
      await soon(async () => expect(await opened.rows.sessions.count(seenAt - 1, seenAt)).toBe(1));
      clock.advance(20 * 60_000);
    }
    expect(await sessions.find(token, { extend: true })).toBeUndefined();
  });

  test('a sixth session ends the oldest and says which; people who explore do not end each other', async () => {
    const { sessions, clock } = setUp();
    const tokens: string[] = [];
    const ended: unknown[] = [];
    for (let n = 0; n < 6; n += 1) {
      const it = await sessions.open(ada, { kind: 'service' });
      tokens.push(it.token);
      ended.push(...it.ended);
      clock.advance(1000);
    }
    expect(ended).toEqual([{ id: expect.any(String), person: ada }]);
    expect(await sessions.find(tokens[0] ?? '', { extend: false })).toBeUndefined();
    expect(await sessions.find(tokens[1] ?? '', { extend: false })).toMatchObject({ person: ada });
    const explorer: Person = { id: 'explore:viewer', name: 'Explorer', role: 'viewer', verified: true };
    for (let n = 0; n < 8; n += 1) expect((await sessions.open(explorer, { kind: 'service' })).ended).toEqual([]);
  });

  test('sign-out ends the one session, and all of a person can be ended', async () => {
    const { sessions } = setUp();
    const [one, two] = [(await sessions.open(ada, { kind: 'service' })).token, (await sessions.open(ada, { kind: 'service' })).token];
    await sessions.end(one);
    expect(await sessions.find(one, { extend: true })).toBeUndefined();
    expect(await sessions.find(two, { extend: true })).toMatchObject({ person: ada });
    await sessions.endAllOf(ada.id);
    expect(await sessions.find(two, { extend: true })).toBeUndefined();
    expect(await sessions.count()).toBe(0);
  });

  test.each<[string, Partial<SessionRow>]>([
    ['role', { person: JSON.stringify({ ...ada, role: 'admin' }) }],
    ['person', { personId: 'account:eve' }],
    ['end', { endsAtMs: Number.MAX_SAFE_INTEGER }],
    ['credential', { credential: null }],
  ])('a row whose %s was edited in the file is no session', async (_what, edit) => {
    const { token } = await setUp().sessions.open(ada, { kind: 'own', credential: own });
    expect(await setUp().sessions.find(token, { extend: false })).toMatchObject({ person: ada }); // the same row unedited
    const { sessions, lines } = setUp({ rows: editing((row) => ({ ...row, ...edit })) });
    expect(await sessions.find(token, { extend: true })).toBeUndefined();
    expect(lines).toMatchObject([{ level: 'error' }]);
  });

  test('after a rotation of the keys the session lives on and is sealed anew; when its key is gone it ends', async () => {
    const clock = manualClock();
    const { token } = await setUp({ clock }).sessions.open(ada, { kind: 'own', credential: own });
    const rotated = setUp({ clock, keys: [newKey, oldKey] }).sessions;
    const onlyNew = setUp({ clock, keys: [newKey] }).sessions;
    expect(await onlyNew.find(token, { extend: false })).toBeUndefined();
    expect((await rotated.find(token, { extend: true }))?.credential).toEqual(own);
    await soon(async () => expect((await onlyNew.find(token, { extend: false }))?.credential).toEqual(own));
  });

  test('while the store cannot be read nobody is signed out, and nobody is let in', async () => {
    const { token } = await setUp().sessions.open(ada, { kind: 'service' });
    const down = setUp({ rows: { ...opened.rows.sessions, read: () => Promise.reject(new ProblemError('store_unavailable', 'x')) } });
    await expect(down.sessions.find(token, { extend: true })).rejects.toMatchObject({ problem: { status: 503 } });
    expect(await setUp().sessions.find(token, { extend: false })).toMatchObject({ person: ada });
  });

  test('a new service key is ridden at once; without any the session waits', async () => {
    let current: Credential | null = service;
    const { sessions } = setUp({ serviceCredential: () => current });
    const { token } = await sessions.open(ada, { kind: 'service' });
    current = { id: 'service', pak: 'brokkr_BRservice_rotated' };
    expect((await sessions.find(token, { extend: false }))?.credential).toEqual(current);
    current = null;
    expect(await sessions.find(token, { extend: false })).toBeUndefined();
    await expect(sessions.open(ada, { kind: 'service' })).rejects.toMatchObject({ code: 'service_credential_refused' });
  });
});
