import { describe, expect, test } from 'vitest';
import { agentStates, type AgentEvent, type AgentRow } from '#contract/agents.ts';
import { anAgent, anEvent } from '#web/testing/builders.ts';
import { causesOf } from './agent-causes.ts';
import { causeWords } from './words/en/agent-causes.ts';

const kinds = (agent: AgentRow, recentEvents: AgentEvent[] = []) => causesOf({ agent, recentEvents }).map(({ kind }) => kind);

describe('causes of an agent', () => {
  test('an agent about which nothing is wrong has none', () => {
    expect(kinds(anAgent(), [anEvent()])).toEqual([]);
  });

  test.each(agentStates.filter((state) => state !== 'active'))('the state %s is always the first cause', (state) => {
    const wrongInEveryWay = anAgent({
      state,
      status: 'INACTIVE',
      healthFailing: 3,
      healthDegraded: 2,
      pendingObjects: 1,
      k8sReachable: false,
      lastEventStatus: 'FAILURE',
    });
    expect(kinds(wrongInEveryWay)[0]).toBe(state);
    expect(kinds(anAgent({ state }))[0]).toBe(state);
  });

  test('milder things that also hold follow, worst first', () => {
    const agent = anAgent({ state: 'silent', heartbeatAgeMs: 840_000, healthDegraded: 1, pendingObjects: 2, status: 'INACTIVE' });
    expect(kinds(agent)).toEqual(['silent', 'degraded', 'pending', 'inactive']);
  });

  test('a refusal quotes the newest event and counts each refused object once', () => {
    const agent = anAgent({ state: 'apply_failed', lastEventStatus: 'FAILURE' });
    const events = [
      anEvent({ id: 'e4', deploymentObjectId: 'o2', status: 'FAILURE', message: 'image registry not allowed' }),
      anEvent({ id: 'e3', deploymentObjectId: 'o1', status: 'SUCCESS' }),
      anEvent({ id: 'e2', deploymentObjectId: 'o1', status: 'FAILURE', message: 'applied since' }),
      anEvent({ id: 'e1', deploymentObjectId: 'o3', status: 'FAILURE', message: 'older refusal' }),
    ];
    expect(causesOf({ agent, recentEvents: events })[0]).toMatchObject({
      kind: 'apply_failed',
      objects: 2,
      refused: { message: 'image registry not allowed' },
    });
  });

  test('a success newer than the refusal leaves no refusal to quote', () => {
    const agent = anAgent({ state: 'apply_failed' });
    expect(causesOf({ agent, recentEvents: [anEvent()] })[0]).toMatchObject({ refused: null, objects: 1 });
  });

  test('unread events neither accuse nor clear', () => {
    expect(kinds(anAgent({ lastEventStatus: null }))).toEqual([]);
    expect(kinds(anAgent({ k8sReachable: null }))).toEqual([]);
  });
});

describe('words of a cause', () => {
  test('a refusal says that the broker will not ask again', () => {
    const [cause] = causesOf({
      agent: anAgent({ state: 'apply_failed', lastEventStatus: 'FAILURE' }),
      recentEvents: [anEvent({ status: 'FAILURE', message: 'denied' })],
    });
    expect(cause && causeWords(cause)).toMatchObject({ said: 'denied', text: expect.stringContaining('counts a refusal as an answer') });
  });

  test('objects that wait for an inactive agent name the status as the reason', () => {
    const [cause] = causesOf({ agent: anAgent({ state: 'pending', status: 'INACTIVE', pendingObjects: 2 }), recentEvents: [] });
    expect(cause && causeWords(cause).title).toBe('2 objects wait, and the agent is inactive.');
  });

  test('an assumed rhythm is called assumed', () => {
    const stale = (rhythmAssumed: boolean) => causeWords({ kind: 'stale', ageMs: 95_000, rhythmMs: 30_000, rhythmAssumed }).text;
    expect(stale(true)).toContain('assumed');
    expect(stale(false)).not.toContain('assumed');
  });
});
