import { describe, expect, test, vi } from 'vitest';
import type { Credential } from '#contract/ports.ts';
import type { Person } from '#contract/session.ts';
import { memoryRows } from '#bff/testing/stores.ts';
import { countedRandom, digest, listedLog, manualClock } from '#bff/testing/world.ts';
import { watchKeys } from './key-riders.ts';
import { createSessions, sessionLimits, type SessionRows } from './sessions.ts';
import { createVault } from './vault.ts';

const ada: Person = { id: 'pak:admin:ada', name: 'ada', role: 'admin', verified: false };
const bob: Person = { ...ada, id: 'pak:admin:bob', name: 'bob' };
const key = (id: string) => ({ kind: 'own', credential: { id, pak: 'p' } satisfies Credential }) as const;

function setUp(rows: SessionRows = memoryRows().sessions) {
  const [clock, random] = [manualClock(), countedRandom()];
  const left = vi.fn<(credentialId: string) => void>();
  const vault = createVault([{ id: 'k', bytes: random.bytes(32) }], random);
  const serviceCredential = () => ({ id: 'service', pak: 's' });
  const all = createSessions({ rows, vault, clock, random, digest, log: listedLog(), serviceCredential });
  return { clock, left, sessions: watchKeys(all, { clock, left }), again: () => watchKeys(all, { clock, left }), all };
}

describe('a key is told to have been left', () => {
  test('at the sign-out of the last who rode it, and not before', async () => {
    const { sessions, left } = setUp();
    const [first, second] = [await sessions.open(ada, key('k1')), await sessions.open(bob, key('k1'))];
    await sessions.open(ada, key('k2'));
    await sessions.end(first.token);
    expect(left).not.toHaveBeenCalled();
    expect(sessions.isRidden('k1')).toBe(true);
    await sessions.end(second.token);
    expect(left.mock.calls).toEqual([['k1']]);
    expect([sessions.isRidden('k1'), sessions.isRidden('k2')]).toEqual([false, true]);
  });
  test('when all sessions of its person end', async () => {
    const { sessions, left } = setUp();
    await sessions.open(ada, key('k1'));
    await sessions.open(ada, key('k1'));
    await sessions.open(bob, key('k2'));
    await sessions.endAllOf(ada.id);
    expect(left.mock.calls).toEqual([['k1']]);
  });
  test('when newer sessions of its person push the last one out', async () => {
    const { sessions, left, clock } = setUp();
    await sessions.open(ada, key('old'));
    for (let n = 0; n < sessionLimits.perPerson; n += 1) {
      clock.advance(1);
      await sessions.open(ada, key('new'));
    }
    expect(left.mock.calls).toEqual([['old']]);
  });
  test('when the last session was idle for too long; polls do not keep it, use does', async () => {
    const { sessions, left, clock } = setUp();
    const { token } = await sessions.open(ada, key('k1'));
    clock.advance(sessionLimits.idleMs - 1);
    await sessions.find(token, { extend: true });
    clock.advance(sessionLimits.idleMs - 1);
    await sessions.find(token, { extend: false });
    expect(left).not.toHaveBeenCalled();
    clock.advance(1);
    expect(left.mock.calls).toEqual([['k1']]);
  });
  test('at the absolute end, however busy the session is', async () => {
    const rows = memoryRows().sessions;
    const { sessions, left, clock } = setUp(rows);
    const { token } = await sessions.open(ada, key('k1'));
    for (let passedMs = 0; passedMs < sessionLimits.absoluteMs; passedMs += sessionLimits.idleMs / 2) {
      expect(left).not.toHaveBeenCalled();
      await sessions.find(token, { extend: true });
      // That somebody was here is noted beside the request.
      await vi.waitFor(async () => expect(await rows.count(clock.now() - 1, 0)).toBe(1), { interval: 1 });
      clock.advance(sessionLimits.idleMs / 2);
    }
    expect(left.mock.calls).toEqual([['k1']]);
  });
  test('also when this process has only found the session, not opened it', async () => {
    const { sessions, again, left } = setUp();
    const { token } = await sessions.open(ada, key('k1'));
    const restarted = again();
    expect(restarted.isRidden('k1')).toBe(false);
    await restarted.find(token, { extend: false });
    expect(restarted.isRidden('k1')).toBe(true);
    await restarted.end(token);
    expect(left.mock.calls).toEqual([['k1']]);
  });
});

test('the service key is never told to have been left', async () => {
  const { sessions, left } = setUp();
  const { token } = await sessions.open(ada, { kind: 'service' });
  await sessions.find(token, { extend: true });
  await sessions.end(token);
  expect(left).not.toHaveBeenCalled();
});

describe('a request whose session ends while it is looked for', () => {
  async function race() {
    const rows = memoryRows().sessions;
    const gate: { wait: Promise<void> | undefined } = { wait: undefined };
    const read: SessionRows['read'] = async (hash) => {
      const row = await rows.read(hash);
      const wait = gate.wait;
      gate.wait = undefined; // only the first waits
      await wait;
      return row;
    };
    const it = setUp({ ...rows, read });
    const { token } = await it.sessions.open(ada, key('k1'));
    const open = Promise.withResolvers<void>();
    gate.wait = open.promise;
    return { ...it, token, open: open.resolve };
  }
  test('finds nothing, and does not ride the key again', async () => {
    const { sessions, token, open } = await race();
    const finding = sessions.find(token, { extend: true });
    await sessions.end(token);
    open();
    expect(await finding).toBeUndefined();
    expect(sessions.isRidden('k1')).toBe(false);
  });
  test('unwatched it would be let in', async () => {
    const { all, token, open } = await race();
    const finding = all.find(token, { extend: false });
    await all.end(token);
    open();
    expect(await finding).toBeDefined();
  });
});
