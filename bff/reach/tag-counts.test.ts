import { describe, expect, test } from 'vitest';
import { createReachIndex } from './index.ts';
import type { ReachIndex } from './index.ts';
import { madeUpWorld } from './testing/made-up-world.ts';
import type { MadeUpAgent, MadeUpStack, MadeUpWorld } from './testing/made-up-world.ts';

const reads = {
  generators(index: ReachIndex, world: MadeUpWorld) {
    for (const id of world.generatorIds()) index.put.generatorAgents(id, world.registered(id), 1);
  },
  stacks(index: ReachIndex, world: MadeUpWorld) {
    for (const [id, stack] of world.stacks) {
      index.put.stackLabels(id, world.labels(stack), 1);
      index.put.stackAnnotations(id, world.annotations(stack), 1);
    }
  },
  agents(index: ReachIndex, world: MadeUpWorld) {
    for (const [id, agent] of world.agents) {
      index.put.agentLabels(id, world.labels(agent), 1);
      index.put.agentAnnotations(id, world.annotations(agent), 1);
      index.put.agentStacks(id, world.stacksOf(id), 1);
    }
  },
};
type Part = keyof typeof reads;
function read(world: MadeUpWorld, order: readonly Part[]): ReachIndex {
  const index = createReachIndex();
  index.put.setAgents([...world.agents.keys()]);
  index.put.setStacks(world.rows());
  for (const part of order) reads[part](index, world);
  return index;
}

const sharedTags = (agent: MadeUpAgent, stack: MadeUpStack): string[] => [
  ...[...agent.labels].filter((label) => stack.labels.has(label)),
  ...[...agent.annotations].flatMap(([key, value]) => (stack.annotations.get(key) === value ? [key] : [])),
];
/** By counting agents one at a time; `isTarget` tells which targets are known. */
function expected(world: MadeUpWorld, stack: MadeUpStack, tag: string, isTarget: (agent: MadeUpAgent) => boolean) {
  const carriers = [...world.agents.values()].filter(
    (agent) => agent.registrations.has(stack.generatorId) && sharedTags(agent, stack).includes(tag),
  );
  return { agents: carriers.length, alone: carriers.filter((agent) => sharedTags(agent, stack).length === 1 && !isTarget(agent)).length };
}
function expectCounts(index: ReachIndex, world: MadeUpWorld, areTargetsRead: boolean) {
  for (const [id, stack] of world.stacks) {
    const isTarget = ({ targets }: MadeUpAgent) => areTargetsRead && targets.has(id);
    const told = index.tagReachOf(id);
    for (const { label, agents, alone } of told.labels) expect({ agents, alone }).toEqual(expected(world, stack, label, isTarget));
    for (const { key, agents, alone } of told.annotations) expect({ agents, alone }).toEqual(expected(world, stack, key, isTarget));
    expect(told.labels.map(({ label }) => label).toSorted()).toEqual([...stack.labels].toSorted());
    expect(told.annotations).toHaveLength(stack.annotations.size);
  }
}

describe.each([
  { order: ['generators', 'stacks', 'agents'] },
  { order: ['agents', 'generators', 'stacks'] },
  { order: ['agents', 'stacks', 'generators'] },
] satisfies { order: Part[] }[])('read in the order $order', ({ order }) => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'each tag has its agents, and those that nothing else reaches, in world %i',
    (seed) => {
      const world = madeUpWorld(seed);
      for (let turn = 0; turn < 120; turn += 1) world.change();
      const index = read(world, order);
      expectCounts(index, world, false);
      for (const [id, { targets }] of world.agents)
        index.put.agentTargets(
          id,
          [...targets].filter((stackId) => world.stacks.has(stackId)),
          2,
        );
      expectCounts(index, world, true);
    },
  );
});
test('nothing is said of a stack before its tags are read', () => {
  const world = madeUpWorld(1);
  for (let turn = 0; turn < 60; turn += 1) world.change();
  const index = read(world, ['generators', 'agents']);
  for (const id of world.stacks.keys()) expect(index.tagReachOf(id)).toEqual({ labels: [], annotations: [] });
});
