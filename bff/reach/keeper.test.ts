import { expect, test } from 'vitest';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import type { Log } from '#contract/ports.ts';
import { createReachIndex } from './index.ts';
import { keepReach } from './keeper.ts';
import { createMemoryReachStore } from './memory-store.ts';

function quietLog() {
  const warnings: string[] = [];
  const log: Log = { debug() {}, info() {}, warn: (message) => void warnings.push(message), error() {}, child: () => log };
  return { log, warnings };
}
function known(agents: number) {
  const index = createReachIndex();
  const ids = Array.from({ length: agents }, (_, at) => `a${at}`);
  index.put.setAgents(ids);
  index.put.setStacks([{ id: 's', generatorId: 'g' }]);
  index.put.generatorAgents('g', ids, 1);
  index.put.stackLabels('s', ['edge'], 1);
  index.put.stackAnnotations('s', [], 1);
  for (const id of ids) {
    index.put.agentLabels(id, ['edge'], 2);
    index.put.agentAnnotations(id, [], 2);
    index.put.agentStacks(id, ['s'], 2);
  }
  return index;
}

test('an index outlives a restart, with the age of its facts', async () => {
  const store = createMemoryReachStore();
  const clock = testClock();
  const { log } = quietLog();
  const first = keepReach({ index: known(1_200), store, owner: 'service', clock, log });
  await first.restored;
  await first.close();

  const index = createReachIndex();
  const second = keepReach({ index, store, owner: 'service', clock, log });
  await second.restored;
  expect(index.count('s')).toBe(1_200);
  expect(index.agentsKnown()).toEqual({ known: 1_200, total: 1_200, oldestReadMs: 2 });
  expect(index.agentsOf('s', ['a7'])[0]?.reasons).toEqual([{ by: 'label', label: 'edge' }]);
});

test('one credential’s index is not another’s', async () => {
  const store = createMemoryReachStore();
  const { log } = quietLog();
  const first = keepReach({ index: known(3), store, owner: 'admin:1', clock: testClock(), log });
  await first.close();
  const index = createReachIndex();
  await keepReach({ index, store, owner: 'service', clock: testClock(), log }).restored;
  expect(index.agentsKnown().total).toBe(0);
});

test('changes are saved every minute, what is gone too', async () => {
  const store = createMemoryReachStore();
  const clock = testClock();
  const { log } = quietLog();
  const index = known(3);
  const keeper = keepReach({ index, store, owner: 'service', clock, log });
  await keeper.restored;
  await clock.advance(60_000);
  expect((await store.read('service', 'agent', '', 10)).map(({ id }) => id)).toEqual(['a0', 'a1', 'a2']);
  index.put.setAgents(['a0', 'a2']);
  await clock.advance(60_000);
  expect((await store.read('service', 'agent', '', 10)).map(({ id }) => id)).toEqual(['a0', 'a2']);
  expect((await store.read('service', 'agent', 'a0', 10)).map(({ id }) => id)).toEqual(['a2']);
});

test('a store that fails is told and tried again a minute later', async () => {
  const store = createMemoryReachStore();
  const clock = testClock();
  const { log, warnings } = quietLog();
  let isDown = true;
  const keeper = keepReach({
    index: known(2),
    owner: 'service',
    clock,
    log,
    store: { ...store, save: (...all) => (isDown ? Promise.reject(new Error('disk')) : store.save(...all)) },
  });
  await keeper.restored;
  await clock.advance(60_000);
  expect(warnings).toEqual(['the reach index was not kept']);
  isDown = false;
  await clock.advance(60_000);
  expect(await store.read('service', 'agent', '', 10)).toHaveLength(2);
});
