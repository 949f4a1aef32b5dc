import { expect, test } from 'vitest';
import { quietLog } from '#bff/broker/testing/a-broker.ts';
import { inlineSnapshotHost } from './inline-snapshot-host.ts';
import { keepRhythms } from './rhythm-keeper.ts';
import type { Rhythm, RhythmStore } from './rhythm.ts';
import { aRecord, bytesOf, idOf } from './testing/records.ts';
import { testClock } from './testing/test-clock.ts';

function memoryStore(rhythms: Rhythm[] = []): RhythmStore & { rhythms: Rhythm[] } {
  return {
    rhythms,
    read: async (after, limit) => rhythms.filter(({ agentId }) => agentId > after).slice(0, limit),
    save: async (more) => void rhythms.push(...more),
  };
}
const query = { offset: 0, limit: 1, sort: { column: 'name', isDescending: false }, text: null, filters: [] };

test('an agent’s rhythm is known again after a restart, and what was learned is saved at the end', async () => {
  const clock = testClock();
  const host = inlineSnapshotHost();
  const known = Array.from({ length: 2_500 }, (_, n) => ({ agentId: idOf(n), gapsMs: [60_000, 60_000, 60_000, 60_000, 60_000] }));
  const store = memoryStore(known);
  const keeper = keepRhythms({ host, store, clock, log: quietLog });
  await clock.advance(0);
  const beat = async (tick: number, at: string) => {
    await host.ask('load', {
      owner: 'service',
      list: 'agents',
      tick,
      arrivedMs: tick * 10_000,
      bytes: bytesOf([aRecord(2_400, { last_heartbeat: at, heartbeat_age_seconds: 100 })]),
    });
  };
  await beat(1, '2026-03-02T09:00:00Z');
  expect(await host.ask('page', { owner: 'service', list: 'agents', query, nowMs: 10_000 })).toMatchObject({
    rows: [{ rhythmMs: 60_000, rhythmAssumed: false, state: 'active' }],
  });
  await beat(2, '2026-03-02T09:00:10Z');
  await keeper.close();
  expect(store.rhythms.at(-1)).toEqual({ agentId: idOf(2_400), gapsMs: [60_000, 60_000, 60_000, 60_000, 10_000] });
});
test('a store that cannot be read costs no more than the rhythms', async () => {
  const clock = testClock();
  const keeper = keepRhythms({
    host: inlineSnapshotHost(),
    clock,
    log: quietLog,
    store: { read: () => Promise.reject(new Error('disk')), save: () => Promise.reject(new Error('disk')) },
  });
  await clock.advance(600_000);
  await keeper.close();
});
test('one that is closed while it saves sets no timer again', async () => {
  const clock = testClock();
  const saving = Promise.withResolvers<void>();
  const saved: Rhythm[][] = [];
  const host = inlineSnapshotHost();
  const keeper = keepRhythms({
    host: {
      ...host,
      ask: async (call, ask) => (call === 'takeRhythms' ? ([{ agentId: idOf(1), gapsMs: [1] }] as never) : host.ask(call, ask)),
    },
    clock,
    log: quietLog,
    store: { read: async () => [], save: async (rhythms) => (saved.push([...rhythms]), saving.promise) },
  });
  await clock.advance(300_000);
  const closing = keeper.close();
  saving.resolve();
  await closing;
  const before = saved.length;
  await clock.advance(600_000);
  expect(saved).toHaveLength(before);
});
