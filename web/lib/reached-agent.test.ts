import { expect, test } from 'vitest';
import { answerSign, healthByObject, healthTold, isFresh } from './reached-agent.ts';

const said = (status: string) => ({ status, message: null, at: '', ageMs: 0 });
const health = (resources: { name: string; ready: boolean; message?: string }[]) => ({
  status: 'failing' as const,
  podsReady: null,
  podsTotal: null,
  conditions: [],
  resources: resources.map(({ name, ready, message = null as string | null }) => ({
    kind: 'Deployment',
    namespace: 'shop',
    name,
    ready,
    message,
  })),
  checkedAt: '',
  ageMs: 0,
});

test('a success is green only where a fresh health record bears it out', () => {
  expect(answerSign({ answer: said('SUCCESS'), state: 'healthy' })).toEqual({ kind: 'ok', word: 'applied' });
  expect(answerSign({ answer: said('SUCCESS'), state: 'unconfirmed' })).toEqual({ kind: 'unknown', word: 'applied, unconfirmed' });
  expect(answerSign({ answer: said('FAILURE'), state: 'failed' })).toEqual({ kind: 'bad', word: 'refused' });
  expect(answerSign({ answer: null, state: 'pending' })).toBeUndefined();
});
test('a record is fresh for three minutes', () => {
  expect([180_000, 180_001, undefined].map(isFresh)).toEqual([true, false, false]);
});
test('the same object is told once over all agents, what is not ready somewhere first', () => {
  const objects = healthByObject([
    {
      name: 'a',
      clusterName: 'eu-1',
      health: health([
        { name: 'api', ready: true },
        { name: 'web', ready: true },
      ]),
    },
    { name: 'b', clusterName: 'eu-1', health: health([{ name: 'web', ready: false, message: 'CrashLoopBackOff' }]) },
    { name: 'c', clusterName: 'eu-1', health: null },
  ]);
  expect(objects).toMatchObject([
    { name: 'web', ready: 1, agents: 2, notReadyOn: ['b in eu-1'], message: 'CrashLoopBackOff' },
    { name: 'api', ready: 1, agents: 1, notReadyOn: [] },
  ]);
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
