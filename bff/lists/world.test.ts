import { describe, expect, test } from 'vitest';
import { quietLog } from '#bff/broker/testing/a-broker.ts';
import { fakeUpstream, jsonAnswer } from '#bff/broker/testing/send.ts';
import type { Credential, SendAnswer } from '#contract/ports.ts';
import { inlineSnapshotHost } from './inline-snapshot-host.ts';
import type { HostCall, SnapshotHost } from './snapshot-host.ts';
import { testClock } from './testing/test-clock.ts';
import { createWorlds } from './world.ts';

const own: Credential = { id: 'admin:a', pak: 'brokkr_BRtester_8CqmRvXx4Hn2bTfYw7KdPs9LgZaEjU3tQ' };
const query = { offset: 0, limit: 50, filter: [] };
const digest = { sha256: async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))) };

function setUp() {
  const clock = testClock();
  const ridden = new Set([own.id]);
  const held: { answer: Promise<SendAnswer> | undefined } = { answer: undefined };
  const { send, asked } = fakeUpstream((request) => (request.path.endsWith('/generators') && held.answer) || jsonAnswer([]));
  const host = inlineSnapshotHost();
  const calls: [HostCall, string | undefined][] = [];
  const snapshotHost: SnapshotHost = {
    ...host,
    ask(call, ask) {
      calls.push([call, 'owner' in ask ? ask.owner : undefined]);
      return host.ask(call, ask);
    },
  };
  const worlds = createWorlds({
    send,
    clock,
    random: { bytes: (length) => new Uint8Array(length) },
    log: quietLog,
    digest,
    snapshotHost,
    snapshotMinMs: 5_000,
    isRidden: (id) => ridden.has(id),
  });
  return { clock, worlds, ridden, held, asked, host, calls };
}

describe('a world that was dropped', () => {
  test('gives back its rows, and is another one for whoever signs in with the key again', async () => {
    const { worlds, host, clock } = setUp();
    const world = worlds.of(own);
    await clock.until(world.lists.generators.page(query));
    const rows = () => host.ask('rows', { owner: own.id, list: 'generators', ids: [], nowMs: 0 });
    expect(await rows()).toEqual([]);
    worlds.drop(own.id);
    await clock.advance(0);
    expect(await rows()).toBeNull();
    expect(worlds.of(own)).not.toBe(world);
  });
  test('reads nothing more by itself', async () => {
    const { worlds, asked, clock } = setUp();
    await clock.until(worlds.of(own).lists.generators.page(query));
    const before = asked.length;
    await clock.advance(5_000);
    expect(asked.length).toBeGreaterThan(before); // somebody looked a moment ago: it is kept fresh
    worlds.drop(own.id);
    const atTheEnd = asked.length;
    await clock.advance(60_000);
    expect(asked).toHaveLength(atTheEnd);
  });
  test('keeps nothing of what was still being read', async () => {
    const { worlds, clock, held, calls } = setUp();
    const late = Promise.withResolvers<SendAnswer>();
    held.answer = late.promise;
    const reading = worlds
      .of(own)
      .lists.generators.page(query)
      .catch((error: unknown) => error);
    await clock.advance(0);
    worlds.drop(own.id);
    await clock.advance(0);
    late.resolve(jsonAnswer([]));
    expect(await clock.until(reading)).toMatchObject({ code: 'sign_in_required' });
    expect(calls.filter(([, owner]) => owner === own.id).at(-1)).toEqual(['drop', own.id]);
  });
});

test('there is no world of a key that nobody rides; the service’s is always there', () => {
  const { worlds, ridden } = setUp();
  ridden.clear();
  expect(() => worlds.of(own)).toThrow(/Sign in to continue/);
  expect(worlds.of({ id: 'service', pak: own.pak }).credential).toBe('service');
});
