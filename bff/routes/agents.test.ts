import { afterEach, describe, expect, test } from 'vitest';
import { listAgentEvents, listAgents, readAgent } from '#contract/agents.ts';
import type { AgentLine } from '#contract/agents.ts';
import { SendFailure } from '#contract/ports.ts';
import { aConfigMap, aGenerator, aHealthRecord, anAgent, anEvent, aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole, unknownId } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(() => it.stop());
const start = async (options: Parameters<typeof startTestConsole>[0] = {}) =>
  (it = await startTestConsole({ scenario: 'empty', ...options }));
const list = async (query: Record<string, string | string[]> = {}) => it.call(listAgents, { query });
const row = async (name: string): Promise<AgentLine> => {
  const found = (await list({ q: name })).rows.find((agent) => agent.name === name);
  if (!found) throw new Error(`no ${name} in the list`);
  return found;
};

describe('the list', () => {
  test('shows agents worst first and says what each is', async () => {
    await start();
    it.simulator.seed({
      generators: [aGenerator({ name: 'payments' })],
      stacks: [aStack({ name: 'ledger', generator: 'payments', revisions: [aConfigMap('a')] })],
      agents: [
        anAgent({ name: 'fine', targets: ['ledger'] }),
        anAgent({ name: 'refused', targets: ['ledger'] }),
        anAgent({ name: 'waiting', targets: ['ledger'] }),
        anAgent({ name: 'failing' }),
        anAgent({ name: 'gone', heartbeatAgeSeconds: 2_000 }),
        anAgent({ name: 'new', heartbeatAgeSeconds: null, status: 'INACTIVE' }),
        anAgent({ name: 'paused', status: 'INACTIVE' }),
      ],
      events: [
        anEvent({ agent: 'fine', stack: 'ledger', status: 'SUCCESS' }),
        anEvent({ agent: 'refused', stack: 'ledger', status: 'FAILURE' }),
      ],
      health: [aHealthRecord({ agent: 'failing', stack: 'ledger', status: 'failing' })],
    });
    const { rows, facets, total } = await list();
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['gone', 'silent'],
      ['failing', 'failing'],
      ['refused', 'apply_failed'],
      ['waiting', 'pending'],
      ['new', 'never_reported'],
      ['paused', 'inactive'],
      ['fine', 'active'],
    ]);
    expect(total).toBe(7);
    expect(facets['status']).toEqual([
      { value: 'ACTIVE', count: 5 },
      { value: 'INACTIVE', count: 2 },
    ]);
  });

  test('costs the broker the same for one tab and for fifty, and for 5 agents and for 500', async () => {
    for (const agents of [5, 500]) {
      await start({ agents });
      for (let second = 0; second < 60; second += 10) {
        await Promise.all(Array.from({ length: 50 }, (_, tab) => list({ offset: String(tab % 5), sort: 'name' })));
        await it.clock.advance(10_000);
      }
      expect(it.upstream()).toEqual({ 'GET /api/v1/fleet': 13, 'GET /api/v1/agent-events': 3 });
      it.stop();
    }
  });
  test('pages on every size hold the same rows', async () => {
    await start({ agents: 230 });
    const whole = [
      ...(await list({ limit: '200', sort: 'name' })).rows,
      ...(await list({ limit: '200', offset: '200', sort: 'name' })).rows,
    ];
    const small = [];
    for (let offset = 0; offset < 230; offset += 25)
      small.push(...(await list({ limit: '25', offset: String(offset), sort: 'name' })).rows);
    expect(small).toEqual(whole);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(230);
  });
  test('stays while the broker is away, says since when, and comes back alone', async () => {
    await start({ agents: 3 });
    await list();
    it.send.instead = () => Promise.reject(new SendFailure('connect', false));
    await it.clock.advance(30_000);
    const page = await list();
    expect(page).toMatchObject({ total: 3, ageMs: 30_000, stale: { code: 'broker_unreachable' } });
    it.send.instead = undefined;
    await it.clock.advance(5_000);
    expect(await list()).toMatchObject({ total: 3, stale: null });
  });
  test('answers without its events when those cannot be read, keeps what they said, and calls nobody active for that', async () => {
    await start();
    it.simulator.seed({
      stacks: [aStack({ name: 'ledger', revisions: [aConfigMap('a')] })],
      agents: [anAgent({ name: 'refused', targets: ['ledger'] })],
      events: [anEvent({ agent: 'refused', stack: 'ledger', status: 'FAILURE' })],
    });
    it.simulator.faults.set({ match: 'GET /api/v1/agent-events', outcome: 'html' });
    expect((await it.clock.until(list())).rows[0]).toMatchObject({ lastEventStatus: null, state: 'unknown' });
    it.simulator.faults.clear();
    await it.clock.advance(5_000);
    expect((await list()).rows[0]).toMatchObject({ lastEventStatus: 'FAILURE', state: 'apply_failed' });
    it.simulator.faults.set({ match: 'GET /api/v1/agent-events', outcome: { status: 500 } });
    await it.clock.advance(60_000);
    expect((await it.clock.until(list())).rows[0]).toMatchObject({ lastEventStatus: 'FAILURE', state: 'apply_failed' });
  });
  test('refuses a column and a filter it does not have', async () => {
    await start();
    expect(await problemOf(list({ sort: 'pakHash' }))).toMatchObject({ status: 400, errors: [{ path: 'sort' }] });
    expect(await problemOf(list({ filter: 'secret:x' }))).toMatchObject({ status: 400, errors: [{ path: 'filter' }] });
    expect(it.upstream()).toEqual({});
  });
  test('belongs to the credential it was read with', async () => {
    await start({ agents: 3 });
    await list();
    await it.call(listAgents, { credential: 'admin:other' });
    expect(it.upstream()['GET /api/v1/fleet']).toBe(2);
  });
});

describe('one agent', () => {
  test('is read in three calls, shared by everybody who looks', async () => {
    await start();
    it.simulator.seed({
      stacks: [aStack({ name: 'ledger', revisions: [aConfigMap('a')] })],
      agents: [anAgent({ name: 'edge', targets: ['ledger'], isConnected: true })],
      events: [
        anEvent({ agent: 'edge', stack: 'ledger', status: 'SUCCESS', ageSeconds: 90 }),
        anEvent({ agent: 'edge', stack: 'ledger', status: 'FAILURE', ageSeconds: 60 }),
      ],
    });
    const { id } = it.simulator.agents.find('edge');
    const details = await Promise.all(Array.from({ length: 20 }, () => it.call(readAgent, { params: { agentId: id } })));
    expect(it.upstream()).toEqual({
      'GET /api/v1/agents/{id}': 1,
      'GET /api/v1/agents/{id}/fleet-status': 1,
      'GET /api/v1/admin/ws/connections': 1,
    });
    expect(details[0]).toMatchObject({
      agent: { name: 'edge', state: 'apply_failed', lastEventStatus: 'FAILURE', connection: 'socket' },
      socket: { messagesIn: 0 },
      recentEvents: [
        { status: 'FAILURE', ageMs: 60_000 },
        { status: 'SUCCESS', ageMs: 90_000 },
      ],
    });
    await it.clock.advance(3_000);
    expect(await it.call(readAgent, { params: { agentId: id } })).toMatchObject({
      ageMs: 3_000,
      recentEvents: [{ ageMs: 63_000 }, { ageMs: 93_000 }],
    });
    expect(it.upstream()['GET /api/v1/agents/{id}']).toBe(1);
  });
  test('says when the list of sockets could not be read', async () => {
    await start();
    it.simulator.seed({ agents: [anAgent({ name: 'edge' })] });
    it.simulator.faults.set({ match: 'GET /api/v1/admin/ws/connections', outcome: 'html' });
    expect(await it.clock.until(it.call(readAgent, { params: { agentId: it.simulator.agents.find('edge').id } }))).toMatchObject({
      socket: 'unknown',
      agent: { name: 'edge' },
    });
  });
  test('that the broker does not know is 404 and leaves the list', async () => {
    await start();
    it.simulator.seed({ agents: [anAgent({ name: 'edge' })] });
    const { id } = await row('edge');
    await it.outside('DELETE', `/agents/${id}`);
    expect(await problemOf(it.call(readAgent, { params: { agentId: id } }))).toMatchObject({
      code: 'not_found',
      upstream: { code: 'agent_not_found' },
    });
    expect((await list()).total).toBe(0);
  });
  test('shows its whole history in pages, newest first, from one read', async () => {
    await start();
    it.simulator.seed({
      stacks: [aStack({ name: 'ledger', revisions: [aConfigMap('a')] })],
      agents: [anAgent({ name: 'edge', targets: ['ledger'] })],
      events: Array.from({ length: 60 }, (_, n) =>
        anEvent({ agent: 'edge', stack: 'ledger', status: n % 3 === 0 ? 'FAILURE' : 'SUCCESS', ageSeconds: 60 + n }),
      ),
    });
    const agentId = it.simulator.agents.find('edge').id;
    const first = await it.call(listAgentEvents, { params: { agentId }, query: { limit: '25' } });
    const second = await it.call(listAgentEvents, { params: { agentId }, query: { limit: '25', offset: '25' } });
    expect([first.total, first.rows.length, first.rows[0]?.ageMs, second.rows[0]?.ageMs]).toEqual([60, 25, 60_000, 85_000]);
    expect((await it.call(listAgentEvents, { params: { agentId }, query: { filter: 'status:FAILURE' } })).total).toBe(20);
    expect(it.upstream()['GET /api/v1/agents/{id}/events']).toBe(1);
    expect(await problemOf(it.call(listAgentEvents, { params: { agentId: unknownId } }))).toMatchObject({ code: 'not_found' });
  });
});
