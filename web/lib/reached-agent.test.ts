import { expect, test } from 'vitest';
import { answerSign, healthTold, isFresh, objectCountsNow } from './reached-agent.ts';

const said = (status: string) => ({ status, message: null, at: '', ageMs: 0 });
test('a success is green only where a fresh health record bears it out', () => {
  expect(answerSign({ answer: said('SUCCESS'), state: 'healthy' })).toEqual({ kind: 'ok', word: 'applied' });
  expect(answerSign({ answer: said('SUCCESS'), state: 'unconfirmed' })).toEqual({ kind: 'unknown', word: 'applied, unconfirmed' });
  expect(answerSign({ answer: said('FAILURE'), state: 'failed' })).toEqual({ kind: 'bad', word: 'refused' });
  expect(answerSign({ answer: null, state: 'pending' })).toBeUndefined();
});
test('a record is fresh for three minutes', () => {
  expect([180_000, 180_001, undefined].map(isFresh)).toEqual([true, false, false]);
});
test('what was ready by fresh records is ready no longer once those are not fresh', () => {
  const counts = { not_ready: 1, old: 2, ready: 4 };
  expect(objectCountsNow(counts, 180_000)).toEqual(counts);
  expect(objectCountsNow(counts, 180_001)).toEqual({ not_ready: 1, old: 6, ready: 0 });
  expect(objectCountsNow(counts, undefined)).toEqual({ not_ready: 1, old: 6, ready: 0 });
});

const record = { status: 'degraded', podsReady: 1, podsTotal: 3, conditions: ['ImagePullBackOff'] } as const;
test.each([
  ['fresh', { ...record, conditions: ['ImagePullBackOff'] }, 180_000, true, 'warn', 'degraded', '1/3'],
  ['old', { ...record, conditions: [] }, 180_001, true, 'stale', 'degraded, old', '1/3'],
  ['of an age that is not known', { ...record, conditions: [] }, undefined, true, 'stale', 'degraded, old', '1/3'],
  ['without pods', { ...record, conditions: [], podsTotal: 0 }, 0, true, 'warn', 'degraded', ''],
  ['not there', null, undefined, true, 'unknown', 'no record', ''],
  ['not read', null, undefined, false, 'unknown', 'not read', ''],
])('a health record that is %s', (_what, told, ageMs, isRead, kind, word, pods) => {
  expect(healthTold(told, ageMs, isRead)).toMatchObject({ sign: { kind, word }, pods });
});
