import { expect, test } from 'vitest';
import type { ReachReason } from '#contract/reach.ts';
import { hangsOnAgentTag, hangsOnStackTag } from './tag-removal.ts';

const eu = { by: 'label' as const, label: 'eu' };
const gold = { by: 'annotation' as const, key: 'tier', value: 'gold' };
const whole = { known: 2, total: 2, oldestMs: 0 };
const reaching = (name: string, ...reasons: ReachReason[]) => ({ stackId: name, name, reasons });

test('an agent loses the stacks that reach it by this tag alone; others stay', () => {
  const stacks = [reaching('ledger', eu), reaching('ingress', eu, gold), reaching('billing', gold), reaching('pinned', { by: 'target' })];
  expect(hangsOnAgentTag(eu, { stacks, coverage: whole })).toEqual({
    lines: [
      'ledger no longer reaches it: on a later poll it deletes what it applied of it; offline across the change, it deletes nothing.',
      'ingress goes on reaching it for another reason.',
    ],
  });
  expect(hangsOnAgentTag({ by: 'label', label: 'gold' }, { stacks, coverage: whole })).toEqual({ lines: [] });
  expect(hangsOnAgentTag({ ...gold, value: 'silver' }, { stacks, coverage: whole })).toEqual({ lines: [] });
});
test('what is not known of an agent’s stacks is said, and is no reason to call the removal harmless', () => {
  expect(hangsOnAgentTag(eu, { stacks: [reaching('ledger')], coverage: whole })).toEqual({
    lines: ['Why ledger reaches it is not known: that may end too.'],
  });
  expect(hangsOnAgentTag(eu, { stacks: [], coverage: { ...whole, known: 1 } })).toEqual({
    lines: ['The labels of 1 of 2 stacks are known; others may end too.'],
  });
});
test('a stack’s tag tells how many agents lose the stack and how many keep it', () => {
  const answer = (agents: number, alone: number, coverage = whole) => ({
    labels: [{ label: 'eu', agents, alone }],
    annotations: [{ key: 'tier', value: 'gold', agents: 1, alone: 1 }],
    coverage,
  });
  expect(hangsOnStackTag(eu, answer(3, 1))).toMatchObject({
    lines: [/^Up to 1 agent loses the stack/, '2 agents keep it for another reason.'].map(matching),
  });
  expect(hangsOnStackTag(gold, answer(0, 0))).toMatchObject({ lines: [/^Up to 1 agent loses/].map(matching) });
  expect(hangsOnStackTag(eu, answer(3, 0))).toEqual({ lines: [] });
  expect(hangsOnStackTag(eu, answer(0, 0, { ...whole, known: 1 }))).toEqual({
    lines: ['Known of 1 of 2 agents; others may lose it too.'],
  });
  expect(hangsOnStackTag({ by: 'label', label: 'new' }, answer(0, 0))).toHaveProperty('unknown');
});
const matching = (text: string | RegExp) => (typeof text === 'string' ? text : expect.stringMatching(text));
