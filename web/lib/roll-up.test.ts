import { expect, test } from 'vitest';
import { reachStates, type RollUp } from '#contract/stacks.ts';
import { stackSign, tallyOf } from './roll-up.ts';

const rollUp = (counts: Partial<RollUp>): RollUp => ({
  ...(Object.fromEntries(reachStates.map((state) => [state, 0])) as RollUp),
  ...counts,
});
const current = { id: 'one', sequence: 7, submittedAt: '', ageMs: 0, isDeletionMarker: false, checksum: '', bytes: 1 };
const whole = { known: 40, total: 40, oldestMs: 0 };
const partly = { known: 39, total: 40, oldestMs: 0 };

test.each([
  ['one refusal among healthy ones', rollUp({ failed: 1, healthy: 39 }), whole, 'bad', 'refused'],
  ['applied is not healthy', rollUp({ unconfirmed: 1, healthy: 39 }), whole, 'unknown', 'applied, unconfirmed'],
  ['healthy by all', rollUp({ healthy: 40 }), whole, 'ok', 'healthy'],
  ['healthy as far as known is not healthy', rollUp({ healthy: 39 }), partly, 'unknown', 'partly known'],
  ['trouble is trouble, however much is known', rollUp({ degraded: 1 }), partly, 'warn', 'degraded'],
  ['nobody', rollUp({}), whole, 'unknown', 'reaches nobody'],
  ['nobody known yet', rollUp({}), partly, 'unknown', 'not known'],
  ['a coverage nobody stated', rollUp({ healthy: 40 }), undefined, 'unknown', 'partly known'],
  ['a roll-up that was not read', null, whole, 'unknown', 'not known'],
])('%s', (_, counts, coverage, kind, word) => {
  expect(stackSign({ current, rollUp: counts, coverage })).toEqual({ kind, word });
});
test('nothing submitted is no state of agents', () => {
  expect(stackSign({ current: null, rollUp: rollUp({ healthy: 3 }), coverage: whole })).toMatchObject({ kind: 'off' });
});
test('states that share a mark are counted together and told apart in words, worst first', () => {
  expect(tallyOf(rollUp({ healthy: 25, failed: 3, failing: 1, pending: 4 }))).toEqual([
    { kind: 'bad', count: 4, words: '3 refused, 1 failing' },
    { kind: 'pending', count: 4, words: '4 pending' },
    { kind: 'ok', count: 25, words: '25 healthy' },
  ]);
});
