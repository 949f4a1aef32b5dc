import { expect, test } from 'vitest';
import { quietLog } from '#bff/broker/testing/a-broker.ts';
import { inlineSnapshotHost } from '#bff/lists/inline-snapshot-host.ts';
import type { ReachParts } from '#bff/lists/reach.ts';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import { createMemoryReachStore } from './memory-store.ts';
import { createReach } from './reach.ts';

test('an index that is closed while it looks what there is keeps nothing any more', async () => {
  const clock = testClock();
  const lists = Promise.withResolvers<void>();
  const host = inlineSnapshotHost();
  const bytes = () => new TextEncoder().encode('[]');
  for (const list of ['agents', 'stacks'] as const)
    await host.ask('load', { owner: 'service', list, bytes: bytes(), tick: 1, arrivedMs: 0 });
  const kept: string[] = [];
  const memory = createMemoryReachStore();
  const glance = () => lists.promise;
  const parts = { owner: 'service', host, clock, log: quietLog, minMs: 5_000, lists: () => ({ agents: { glance }, stacks: { glance } }) };
  const reach = createReach(parts as unknown as ReachParts, {
    store: { ...memory, read: (owner, ...rest) => (kept.push(owner), memory.read(owner, ...rest)) },
  });
  reach.resume();
  await reach.close();
  lists.resolve();
  await clock.advance(120_000);
  expect(kept).toEqual([]);
});
