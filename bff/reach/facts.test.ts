import { describe, expect, test } from 'vitest';
import { coverageOf } from './answers.ts';
import { createReachIndex } from './index.ts';
import type { ReachIndex } from './index.ts';
import { smallIndex } from './testing/small-index.ts';
import { reachedIds } from './testing/reached-ids.ts';

const reasons = (index: ReachIndex) => index.agentsOf('s', ['a'])[0]?.reasons;

describe('what is newer', () => {
  test('an answer to an older question never overwrites a newer fact', () => {
    const index = smallIndex();
    index.put.agentLabels('a', [], 5);
    index.put.agentStacks('a', ['s'], 4);
    index.put.agentLabels('a', ['edge'], 4);
    expect(reachedIds(index, 's')).toEqual([]);
    index.put.agentLabels('a', ['edge'], 5);
    expect(reachedIds(index, 's')).toEqual(['a']);
  });
  test('the broker’s own answer wins over computation, and the difference is counted', () => {
    const index = smallIndex();
    index.put.agentStacks('a', [], 2);
    expect(reachedIds(index, 's')).toEqual([]);
    expect(index.differences()).toEqual({ agents: 1, pairs: 1 });
    index.put.agentStacks('a', ['s'], 3);
    expect(reasons(index)).toEqual([{ by: 'label', label: 'edge' }]);
    expect(index.differences()).toEqual({ agents: 0, pairs: 0 });
  });
  test('a stack changed after the broker was asked is computed', () => {
    const index = smallIndex();
    index.put.stackLabels('s', ['other'], 3);
    expect(reachedIds(index, 's')).toEqual([]);
    index.put.agentStacks('a', ['s'], 2); // asked before the label went
    expect(reachedIds(index, 's')).toEqual([]);
    index.put.agentStacks('a', [], 4);
    index.put.stackLabels('s', ['edge'], 6);
    expect(reachedIds(index, 's')).toEqual(['a']);
    index.put.agentStacks('a', [], 5); // asked before the label came back
    expect(reachedIds(index, 's')).toEqual(['a']);
  });
  test.each<[string, (index: ReachIndex) => void]>([
    ['the agent’s', (index) => index.put.agentLabels('a', ['edge', 'tier'], 3)],
    ['the stack’s', (index) => index.put.stackLabels('s', ['edge', 'tier'], 3)],
  ])('what the broker left out counts again once one of %s labels changes', (_whose, change) => {
    const index = smallIndex();
    index.put.agentStacks('a', [], 2);
    expect(reachedIds(index, 's')).toEqual([]);
    change(index);
    expect(reachedIds(index, 's')).toEqual(['a']);
  });
});

describe('explicit targets', () => {
  test('are inferred where nothing else explains the broker’s answer', () => {
    const index = smallIndex();
    index.put.stackLabels('s', [], 2);
    index.put.agentStacks('a', ['s'], 3);
    expect(reasons(index)).toEqual([{ by: 'target' }]);
    expect(index.agentMarksOf('s', 'target')).toEqual(index.agentMarksOf('s'));
    expect(index.differences().pairs).toBe(0);
  });
  test('are not inferred where they were read with that answer: the stack was given a label since its own were read', () => {
    const index = smallIndex();
    index.put.stackLabels('s', [], 2);
    index.put.agentTargets('a', [], 3);
    index.put.agentStacks('a', ['s'], 3);
    expect(reachedIds(index, 's')).toEqual(['a']);
    expect(reasons(index)).toEqual([]);
    expect(index.agentMarksOf('s', 'target')).not.toEqual(index.agentMarksOf('s'));
    index.put.stackLabels('s', ['edge'], 4);
    expect(reasons(index)).toEqual([{ by: 'label', label: 'edge' }]);
  });
  test('stand beside other reasons once they were read as such', () => {
    const index = smallIndex();
    index.put.agentTargets('a', ['s'], 2);
    expect(reasons(index)).toEqual([{ by: 'target' }, { by: 'label', label: 'edge' }]);
    index.put.agentStacks('a', ['s'], 3);
    expect(reasons(index)).toEqual([{ by: 'target' }, { by: 'label', label: 'edge' }]);
  });
  test('go at once when a later read of them leaves them out, inferred ones too', () => {
    const index = smallIndex();
    index.put.stackLabels('s', [], 2);
    index.put.agentStacks('a', ['s'], 3);
    index.put.agentTargets('a', [], 4);
    expect(reachedIds(index, 's')).toEqual([]);
  });
  test('reach without a registration', () => {
    const index = smallIndex();
    index.put.generatorAgents('g', [], 2);
    index.put.agentStacks('a', ['s'], 3);
    expect(reasons(index)).toEqual([{ by: 'target' }]);
  });
});

describe('what is not known is not said', () => {
  test('before labels of a stack are read, the broker’s answer has no reason', () => {
    const index = createReachIndex();
    index.put.setAgents(['a']);
    index.put.setStacks([{ id: 's', generatorId: 'g' }]);
    index.put.generatorAgents('g', ['a'], 1);
    index.put.agentLabels('a', ['edge'], 1);
    index.put.agentAnnotations('a', [], 1);
    index.put.agentStacks('a', ['s'], 1);
    expect(reasons(index)).toEqual([]);
    index.put.stackLabels('s', ['edge'], 2);
    expect(reasons(index)).toEqual([{ by: 'label', label: 'edge' }]);
  });
  test('before registrations are read nothing is nearly reached, and the broker’s answer proves consent', () => {
    const index = createReachIndex();
    index.put.setAgents(['a']);
    index.put.setStacks([
      { id: 's', generatorId: 'g' },
      { id: 't', generatorId: 'g' },
    ]);
    for (const id of ['s', 't']) {
      index.put.stackLabels(id, ['edge'], 1);
      index.put.stackAnnotations(id, [], 1);
    }
    index.put.agentLabels('a', ['edge'], 1);
    index.put.agentAnnotations('a', [], 1);
    index.put.agentStacks('a', ['s'], 1);
    expect(reasons(index)).toEqual([{ by: 'label', label: 'edge' }]);
    expect(index.stacksOf('a')?.nearly).toEqual([]);
    index.put.agentRegistrations('a', [], 2);
    expect(index.stacksOf('a')?.nearly).toEqual([{ id: 't', shares: [{ by: 'label', label: 'edge' }] }]);
  });
  test('a count is null before any agent is known, and coverage says how many are', () => {
    const index = createReachIndex();
    index.put.setAgents(['a', 'b']);
    index.put.setStacks([{ id: 's', generatorId: 'g' }]);
    expect(index.count('s')).toBeNull();
    index.put.agentLabels('a', [], 5);
    index.put.agentAnnotations('a', [], 6);
    expect(index.agentsKnown()).toEqual({ known: 0, total: 2, oldestReadMs: null });
    index.put.agentStacks('a', [], 7);
    expect(index.agentsKnown()).toEqual({ known: 1, total: 2, oldestReadMs: 5 });
    expect(index.count('s')).toBe(0);
    expect(coverageOf(index.agentsKnown(), 1_005)).toEqual({ known: 1, total: 2, oldestMs: 1_000 });
  });
});

describe('registrations', () => {
  test('one agent’s own list counts for it where it was asked later than the generator’s', () => {
    const index = smallIndex();
    index.put.agentRegistrations('a', [], 5);
    index.put.generatorAgents('g', ['a'], 4);
    expect(reachedIds(index, 's')).toEqual([]);
    index.put.generatorAgents('g', ['a'], 6);
    expect(reachedIds(index, 's')).toEqual(['a']);
  });
  test('deregistering from one generator leaves what comes from another', () => {
    const index = smallIndex();
    index.put.setStacks([
      { id: 's', generatorId: 'g' },
      { id: 't', generatorId: 'h' },
    ]);
    index.put.stackLabels('t', ['edge'], 2);
    index.put.agentRegistrations('a', ['h'], 3);
    expect(index.stacksOf('a')?.reached.map(({ id }) => id)).toEqual(['t']);
  });
});
