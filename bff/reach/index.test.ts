import { describe, expect, test } from 'vitest';
import { createReachIndex } from './index.ts';
import type { ReachIndex } from './index.ts';
import { madeUpWorld } from './testing/made-up-world.ts';
import type { MadeUpWorld } from './testing/made-up-world.ts';
import { smallIndex } from './testing/small-index.ts';
import { reachedIds } from './testing/reached-ids.ts';

function readStack(index: ReachIndex, world: MadeUpWorld, id: string, nowMs: number) {
  index.put.stackLabels(id, world.labels(world.stacks.get(id)), nowMs);
  index.put.stackAnnotations(id, world.annotations(world.stacks.get(id)), nowMs);
}
function readAgent(index: ReachIndex, world: MadeUpWorld, id: string, nowMs: number) {
  index.put.agentLabels(id, world.labels(world.agents.get(id)), nowMs);
  index.put.agentAnnotations(id, world.annotations(world.agents.get(id)), nowMs);
  index.put.agentStacks(id, world.stacksOf(id), nowMs);
}
function readSets(index: ReachIndex, world: MadeUpWorld) {
  index.put.setAgents([...world.agents.keys()]);
  index.put.setStacks(world.rows());
}
function readAll(index: ReachIndex, world: MadeUpWorld, nowMs: number) {
  readSets(index, world);
  for (const id of world.generatorIds()) index.put.generatorAgents(id, world.registered(id), nowMs);
  for (const id of world.stacks.keys()) readStack(index, world, id, nowMs);
  for (const id of world.agents.keys()) readAgent(index, world, id, nowMs);
}
/** Every answer of the index beside the world's own, pair by pair. */
function expectTrue(index: ReachIndex, world: MadeUpWorld) {
  for (const [agentId, agent] of world.agents) {
    const answer = index.stacksOf(agentId);
    const truth = world.stacksOf(agentId);
    expect(answer?.reached.map(({ id }) => id).toSorted()).toEqual(truth.toSorted());
    const nearly = [...world.stacks].filter(([id, stack]) => !truth.includes(id) && world.matches(agent, stack)).map(([id]) => id);
    expect(answer?.nearly.map(({ id }) => id).toSorted()).toEqual(nearly.toSorted());
    for (const { id, reasons } of answer?.reached ?? []) {
      const stack = world.stacks.get(id);
      const consents = agent.registrations.has(stack?.generatorId ?? '');
      const expected = [
        ...(consents
          ? [...agent.labels]
              .filter((label) => stack?.labels.has(label))
              .toSorted()
              .map((label) => ({ by: 'label', label }))
          : []),
        ...(consents
          ? world
              .annotations(agent)
              .filter(({ key, value }) => stack?.annotations.get(key) === value)
              .toSorted((a, b) => (a.key < b.key ? -1 : 1))
              .map((it) => ({ by: 'annotation', ...it }))
          : []),
      ];
      // A target that something else explains as well cannot be told from the broker's answer alone.
      expect(reasons).toEqual(expected.length > 0 ? expected : [{ by: 'target' }]);
    }
  }
  for (const id of world.stacks.keys()) {
    const reached = [...world.agents.keys()].filter((agentId) => world.stacksOf(agentId).includes(id)).toSorted();
    expect(reachedIds(index, id).toSorted()).toEqual(reached);
    expect(
      index
        .agentsOf(id, [...world.agents.keys()])
        .map((pair) => pair.id)
        .toSorted(),
    ).toEqual(reached);
    expect(index.count(id)).toBe(world.agents.size === 0 ? null : reached.length);
  }
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'after everything was read, sets, reasons and counts are the broker’s own (world %i)',
  (seed) => {
    const world = madeUpWorld(seed);
    const index = createReachIndex();
    for (let round = 1; round <= 4; round += 1) {
      for (let step = 0; step < 60; step += 1) world.change();
      readAll(index, world, round);
      expectTrue(index, world);
    }
    // Known counts are kept up while single facts change.
    for (let step = 0; step < 40; step += 1) {
      world.change();
      readSets(index, world);
      const nowMs = 10 + step;
      if (world.chance() < 0.5) readStack(index, world, world.pick([...world.stacks.keys()]), nowMs);
      if (world.chance() < 0.7) readAgent(index, world, world.pick([...world.agents.keys()]), nowMs);
      for (const id of world.stacks.keys()) if (index.agentsKnown().known > 0) expect(index.count(id)).toBe(reachedIds(index, id).length);
    }
    readAll(index, world, 100);
    expectTrue(index, world);
  },
);

test.each([1, 2, 3, 4, 5])('an index brought back from its records answers as before (world %i)', (seed) => {
  const world = madeUpWorld(seed);
  const index = createReachIndex();
  for (let step = 0; step < 200; step += 1) world.change();
  readAll(index, world, 1);
  for (let step = 0; step < 30; step += 1) world.change();
  for (const id of [...world.agents.keys()].slice(0, 5)) readAgent(index, world, id, 2);
  const { records } = index.takeChanges(1_000);
  const restored = createReachIndex();
  restored.restore(JSON.parse(JSON.stringify(records)) as typeof records);
  const sorted = (of: ReachIndex, id: string) => {
    const { reached = [], nearly = [], readMs } = of.stacksOf(id) ?? {};
    return {
      reached: reached.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      nearly: nearly.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      readMs,
    };
  };
  for (const { id } of index.agentTimes()) expect(sorted(restored, id)).toEqual(sorted(index, id));
  for (const { id } of index.stackTimes()) expect(reachedIds(restored, id).toSorted()).toEqual(reachedIds(index, id).toSorted());
  expect(restored.agentsKnown()).toEqual(index.agentsKnown());
});

describe('what is gone', () => {
  test('a removed agent leaves no trace, also when its number is given to another', () => {
    const index = smallIndex();
    expect(index.count('s')).toBe(1);
    expect(index.put.setAgents(['b'])).toEqual({ added: ['b'], removed: ['a'] });
    expect(reachedIds(index, 's')).toEqual([]);
    expect(index.knowledgeOf('a')).toBeNull();
    expect(index.stacksOf('a')).toBeNull();
  });
  test('a removed stack reaches nobody, and a new one under its number starts empty', () => {
    const index = smallIndex();
    index.put.agentTargets('a', ['s'], 2);
    index.put.setStacks([{ id: 't', generatorId: 'g' }]);
    expect(index.stacksOf('a')?.reached).toEqual([]);
    expect(reachedIds(index, 't')).toEqual([]);
    expect(index.takeChanges(10).gone).toEqual([{ kind: 'stack', id: 's' }]);
  });
  test('a stack handed to another generator reaches only who consented to that one', () => {
    const index = smallIndex();
    index.put.setStacks([{ id: 's', generatorId: 'h' }]);
    expect(reachedIds(index, 's')).toEqual([]);
    index.put.generatorAgents('h', ['a'], 2);
    expect(reachedIds(index, 's')).toEqual(['a']);
  });
});

test('changes are taken once, in pieces, and an untouched index has none', () => {
  const index = smallIndex();
  const taken = [index.takeChanges(2), index.takeChanges(2), index.takeChanges(2)].flatMap(({ records }) =>
    records.map(({ kind }) => kind),
  );
  expect(taken).toEqual(['stack', 'generator', 'agent']);
  index.put.agentLabels('a', ['edge'], 9);
  expect(index.takeChanges(10).records).toMatchObject([{ kind: 'agent', labels: { value: ['edge'], readMs: 9 } }]);
});

test('what is gone is not brought back', () => {
  const index = smallIndex();
  const { records } = index.takeChanges(10);
  const next = createReachIndex();
  next.put.setAgents(['b']);
  next.restore(records);
  expect(next.stacksOf('a')).toBeNull();
  expect(next.tagsOfStack('s')?.labels).toEqual(['edge']); // which stacks there are is not known yet
});

test('what was read since is not overwritten by what is brought back', () => {
  const index = smallIndex();
  const { records } = index.takeChanges(10);
  index.put.agentLabels('a', [], 9);
  index.restore(records);
  expect(reachedIds(index, 's')).toEqual([]);
});
