import { expect, test } from 'vitest';
import type { AgentDetail } from '#contract/agents.ts';
import { aDetail } from '#web/testing/builders.ts';
import { deliveryChecks, type Bonds } from './delivery-checks.ts';
import { deliveryWords } from './words/en/delivery-checks.ts';

const bonds: Bonds = { generators: 1, targets: 0, labels: 2, annotations: 0 };
const blockers = (detail: AgentDetail, known: Partial<Bonds> = {}) =>
  deliveryChecks(detail, { ...bonds, ...known })
    .filter(({ verdict }) => verdict === 'blocked')
    .map(({ kind }) => kind);

test('an agent that everything reaches is blocked nowhere, and every gate is still told', () => {
  expect(blockers(aDetail())).toEqual([]);
  expect(deliveryChecks(aDetail(), bonds)).toHaveLength(6);
});

test('each way of being cut off names its own gate', () => {
  expect(blockers(aDetail({ status: 'INACTIVE' }))).toEqual(['active']);
  expect(blockers(aDetail({ lastHeartbeat: null }))).toEqual(['reports']);
  expect(blockers(aDetail({ state: 'silent' }))).toEqual(['reports']);
  expect(blockers(aDetail({ k8sReachable: false }))).toEqual(['cluster']);
  expect(blockers(aDetail(), { generators: 0 })).toEqual(['consent']);
  expect(blockers(aDetail(), { labels: 0 })).toEqual(['reach']);
  expect(blockers(aDetail({ lastEventStatus: 'FAILURE', state: 'apply_failed' }))).toEqual(['answers']);
});

test('what was not read is neither clear nor blocked', () => {
  const unread = deliveryChecks(aDetail({ k8sReachable: null }), { generators: null, targets: 0, labels: null, annotations: 0 });
  expect(unread.filter(({ verdict }) => verdict === 'unknown').map(({ kind }) => kind)).toEqual(['consent', 'reach', 'cluster']);
  expect(unread.map(deliveryWords).join(' ')).toContain('not read');
});

test('a good word from an agent that fell silent clears nothing', () => {
  const cluster = (state: 'active' | 'stale' | 'silent') =>
    deliveryChecks(aDetail({ state }), bonds).find(({ kind }) => kind === 'cluster')?.verdict;
  expect(cluster('active')).toBe('clear');
  expect(cluster('stale')).toBe('unknown');
  expect(cluster('silent')).toBe('unknown');
});

test('an agent that never answered is not called clear for it', () => {
  const answers = deliveryChecks(aDetail({}, { recentEvents: [] }), bonds).find(({ kind }) => kind === 'answers');
  expect(answers?.verdict).toBe('unknown');
  expect(answers && deliveryWords(answers)).toBe('It has answered nothing yet.');
});

test('one known way is enough, whatever else was not read', () => {
  expect(deliveryChecks(aDetail(), { ...bonds, targets: null })[1]).toMatchObject({ kind: 'reach', verdict: 'clear' });
});
