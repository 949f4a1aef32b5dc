import { expect, test } from 'vitest';
import { agentStates } from '#contract/agents.ts';
import { agentState, severity, stateOfRecord } from './agent-state.ts';
import type { StateFacts } from './agent-state.ts';

const fine: StateFacts = {
  status: 'ACTIVE',
  heartbeatAgeMs: 4_000,
  rhythmMs: 30_000,
  lastEventStatus: 'SUCCESS',
  hasUnreadEvent: false,
  healthFailing: 0,
  healthDegraded: 0,
  k8sReachable: true,
  pendingObjects: 0,
};

test.each<[string, Partial<StateFacts>]>([
  ['silent', { heartbeatAgeMs: 600_001 }],
  ['failing', { healthFailing: 1 }],
  ['apply_failed', { lastEventStatus: 'FAILURE' }],
  ['stale', { heartbeatAgeMs: 90_001 }],
  ['degraded', { healthDegraded: 1 }],
  ['unreachable', { k8sReachable: false }],
  ['pending', { pendingObjects: 1 }],
  ['never_reported', { heartbeatAgeMs: null }],
  ['unknown', { hasUnreadEvent: true }],
  ['inactive', { status: 'INACTIVE' }],
  ['active', {}],
])('%s by one fact alone', (state, fact) => {
  expect(agentState({ ...fine, ...fact })).toBe(state);
});

test.each<[string, Partial<StateFacts>]>([
  ['ten minutes to the millisecond are not silence yet', { heartbeatAgeMs: 600_000, rhythmMs: 600_000 }],
  ['three intervals are not stale yet', { heartbeatAgeMs: 90_000 }],
  ['a slow agent keeps its own time', { heartbeatAgeMs: 170_000, rhythmMs: 60_000 }],
  ['success is read in any case', { lastEventStatus: 'success' }],
  ['an unknown API server is not an unreachable one', { k8sReachable: null }],
])('%s', (_name, fact) => {
  expect(agentState({ ...fine, ...fact })).toBe('active');
});

test('of several states the worst is shown', () => {
  const everything: StateFacts = {
    status: 'INACTIVE',
    heartbeatAgeMs: 700_000,
    rhythmMs: 1,
    lastEventStatus: 'FAILURE',
    hasUnreadEvent: true,
    healthFailing: 1,
    healthDegraded: 1,
    k8sReachable: false,
    pendingObjects: 1,
  };
  expect(agentState(everything)).toBe('silent');
  expect(agentState({ ...everything, heartbeatAgeMs: 1_000 })).toBe('failing');
  expect(agentState({ ...everything, heartbeatAgeMs: 1_000, healthFailing: 0 })).toBe('apply_failed');
  expect(agentState({ ...everything, heartbeatAgeMs: 1_000, healthFailing: 0, lastEventStatus: null })).toBe('stale');
});
test('no status but ACTIVE is called active', () => {
  expect(agentState({ ...fine, status: 'active ' })).toBe('inactive');
});
test('severity follows the order of the contract', () => {
  expect(agentStates.map(severity)).toEqual(agentStates.map((_state, index) => index));
});

test.each([
  ['unknown', { status: 'ACTIVE', k8s_reachable: true }, 4_000],
  ['silent', { status: 'ACTIVE', k8s_reachable: true }, 600_001],
  ['stale', { status: 'ACTIVE', k8s_reachable: true }, 90_001],
  ['unreachable', { status: 'ACTIVE', k8s_reachable: false }, 4_000],
  ['never_reported', { status: 'INACTIVE', k8s_reachable: null }, null],
  ['inactive', { status: 'INACTIVE', k8s_reachable: null }, 4_000],
] as const)('%s from a record alone: it never is green', (state, record, ageMs) => {
  expect(stateOfRecord(record, ageMs, 30_000)).toBe(state);
});
