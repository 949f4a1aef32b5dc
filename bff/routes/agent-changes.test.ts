import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAgent, deleteAgent, listAgentHistory, listAgents, renameAgent, rotateAgentPak, setAgentStatus } from '#contract/agents.ts';
import type { AgentLine } from '#contract/agents.ts';
import { SendFailure } from '#contract/ports.ts';
import { aGenerator, anAgent } from '#simulator/builders.ts';
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

describe('creating', () => {
  test('shows the key, puts the agent into the list at once and records whom it was registered with', async () => {
    await start();
    const [generator] = it.simulator.seed({ generators: [aGenerator({ name: 'payments' })] }).generators;
    await list();
    const created = await it.call(createAgent, {
      body: { name: 'edge', clusterName: 'fra', generatorIds: [generator?.id, generator?.id] },
    });
    expect(created).toMatchObject({
      agent: { name: 'edge', status: 'INACTIVE', state: 'never_reported' },
      pak: expect.stringMatching(/^brokkr_/),
    });
    expect((await list()).rows.map(({ id }) => id)).toEqual([created.agent.id]);
    expect(it.upstream()).toMatchObject({ 'POST /api/v1/agents': 1, 'GET /api/v1/fleet': 1 });
    const { rows } = await it.audit.list({ limit: 5 });
    expect(rows[0]).toMatchObject({
      type: 'agent.created',
      outcome: 'success',
      resource: { kind: 'agent', id: created.agent.id, name: 'edge' },
    });
    expect(await it.audit.read(rows[0]?.seq ?? 0)).toMatchObject({ after: { name: 'edge', generatorNames: ['payments'] } });
    expect(JSON.stringify(await it.audit.read(rows[0]?.seq ?? 0))).not.toContain(created.pak);
  });
  test('hands over the key even when the new agent cannot be read', async () => {
    await start();
    it.simulator.faults.set({ match: 'GET /api/v1/agents/{id}/fleet-status', outcome: { status: 500 } });
    const { agent, pak } = await it.clock.until(it.call(createAgent, { body: { name: 'edge', clusterName: 'fra', generatorIds: [] } }));
    expect(pak).toMatch(/^brokkr_/);
    it.simulator.faults.clear();
    expect(await row('edge')).toMatchObject({ id: agent.id, state: 'never_reported' });
  });
  test('refuses the system generator and an unknown one before the broker creates anything', async () => {
    await start();
    const system = await it.systemGeneratorId();
    for (const [generatorId, code] of [
      [system, 'system_generator'],
      [unknownId, 'unknown'],
    ]) {
      const refused = await problemOf(it.call(createAgent, { body: { name: 'edge', clusterName: 'fra', generatorIds: [generatorId] } }));
      expect(refused).toMatchObject({ code: 'invalid_request', errors: [{ path: 'generatorIds', code }] });
    }
    expect(it.upstream()['POST /api/v1/agents']).toBeUndefined();
  });
  test('the broker itself would have created it and lost the key', async () => {
    await start();
    const json = { name: 'edge', cluster_name: 'fra', generator_ids: [await it.systemGeneratorId()] };
    expect((await it.outside('POST', '/agents', { json })).status).toBe(409);
    expect(it.simulator.agents.find('edge').name).toBe('edge');
  });
  test('says beside the field that the name is taken', async () => {
    await start();
    it.simulator.seed({ agents: [anAgent({ name: 'edge', clusterName: 'fra' })] });
    const refused = await problemOf(it.call(createAgent, { body: { name: 'edge', clusterName: 'fra', generatorIds: [] } }));
    expect(refused).toMatchObject({
      code: 'conflict',
      upstream: { status: 409, constraint: 'unique_agent_cluster' },
      errors: [{ path: 'name', code: 'taken' }],
    });
    const { rows } = await it.audit.list({ limit: 1 });
    expect(rows[0]).toMatchObject({ outcome: 'failure', code: 'conflict', resource: { name: 'edge' } });
    expect(await it.audit.read(rows[0]?.seq ?? 0)).toMatchObject({ status: 409 });
  });
});

describe('changing', () => {
  const seeded = async (options: Parameters<typeof startTestConsole>[0] = {}) => {
    await start(options);
    it.simulator.seed({ agents: [anAgent({ name: 'edge', clusterName: 'fra' })] });
    return row('edge');
  };
  test('sends only what differs and shows it in every list at once', async () => {
    const { id, etag } = await seeded();
    const sent = spyOnChanges();
    const renamed = await it.call(renameAgent, { params: { agentId: id }, etag, body: { name: 'edge-2', clusterName: 'fra' } });
    expect(sent()).toEqual([['PUT', { name: 'edge-2' }]]);
    expect(renamed).toMatchObject({ id, name: 'edge-2' });
    expect(renamed.etag).not.toBe(etag);
    expect(await row('edge-2')).toEqual(renamed);
    const [recorded] = (await it.audit.list({ limit: 1 })).rows;
    expect(await it.audit.read(recorded?.seq ?? 0)).toMatchObject({
      type: 'agent.renamed',
      before: { name: 'edge' },
      after: { name: 'edge-2' },
      resource: { name: 'edge' },
    });
  });
  test('is refused with both values when somebody was faster', async () => {
    const { id, etag } = await seeded();
    await it.call(renameAgent, { params: { agentId: id }, etag, body: { name: 'first' } });
    const sent = spyOnChanges();
    expect(await problemOf(it.call(renameAgent, { params: { agentId: id }, etag, body: { name: 'second' } }))).toMatchObject({
      code: 'changed_meanwhile',
      status: 412,
      current: { id, name: 'first' },
    });
    expect(sent()).toEqual([]);
  });
  test('a heartbeat does not make an edit stale', async () => {
    const { id, etag } = await seeded();
    it.simulator.agents.heartbeat('edge');
    await it.clock.advance(7_000);
    expect(await it.call(renameAgent, { params: { agentId: id }, etag, body: { name: 'edge-2' } })).toMatchObject({ name: 'edge-2' });
  });
  test('of twenty writers with the same tag one succeeds', async () => {
    const { id, etag } = await seeded();
    const ended = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => it.call(renameAgent, { params: { agentId: id }, etag, body: { name: `edge-${n}` } })),
    );
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(it.upstream()['PUT /api/v1/agents/{id}']).toBe(1);
  });
  test('what is already so is not sent', async () => {
    const { id, etag } = await seeded();
    const sent = spyOnChanges();
    expect(await it.call(setAgentStatus, { params: { agentId: id }, etag, body: { status: 'ACTIVE' } })).toMatchObject({
      status: 'ACTIVE',
    });
    expect(sent()).toEqual([]);
  });
  test.each([
    ['INACTIVE', 'ACTIVE', 'agent.deactivated'],
    ['ACTIVE', 'INACTIVE', 'agent.activated'],
  ] as const)('to %s is recorded as what it was', async (status, before, type) => {
    await start();
    it.simulator.seed({ agents: [anAgent({ name: 'edge', status: before })] });
    const { id, etag } = await row('edge');
    expect(await it.call(setAgentStatus, { params: { agentId: id }, etag, body: { status }, as: 'operator' })).toMatchObject({ status });
    expect((await it.audit.list({ limit: 1 })).rows[0]).toMatchObject({ type, outcome: 'success' });
  });
  test('that cannot be read again is shown as the broker confirmed it', async () => {
    const { id, etag } = await seeded();
    it.simulator.faults.set({
      match: ({ method }, operation) =>
        method === 'GET' && operation === 'GET /api/v1/agents/{id}/fleet-status' && it.upstream()['PUT /api/v1/agents/{id}'] === 1,
      outcome: { status: 500 },
    });
    expect(await it.clock.until(it.call(setAgentStatus, { params: { agentId: id }, etag, body: { status: 'INACTIVE' } }))).toMatchObject({
      status: 'INACTIVE',
      state: 'inactive',
    });
    expect(await row('edge')).toMatchObject({ status: 'INACTIVE' });
  });
  test('whose answer is lost has an unknown outcome, is not sent again, and is recorded so', async () => {
    const { id, etag } = await seeded();
    it.simulator.faults.set({ match: 'PUT /api/v1/agents/{id}', outcome: 'reset_after' });
    expect(await problemOf(it.call(renameAgent, { params: { agentId: id }, etag, body: { name: 'edge-2' } }))).toMatchObject({
      code: 'outcome_unknown',
      status: 504,
      outcome: 'unknown',
    });
    expect(it.upstream()['PUT /api/v1/agents/{id}']).toBe(1);
    expect((await it.audit.list({ limit: 1 })).rows[0]).toMatchObject({ outcome: 'unknown' });
    it.simulator.faults.clear();
    await it.clock.advance(10_000);
    expect(await row('edge-2')).toMatchObject({ id });
  });
  test('that never left is a failure, not an open question', async () => {
    const { id, etag } = await seeded();
    const through = it.send;
    let reads = 0;
    through.instead = (request) => {
      reads += 1;
      if (request.method === 'PUT') throw new SendFailure('connect', false);
      return it.through(request);
    };
    expect(await problemOf(it.call(renameAgent, { params: { agentId: id }, etag, body: { name: 'edge-2' } }))).toMatchObject({
      code: 'broker_unreachable',
    });
    expect(reads).toBe(2);
    expect((await it.audit.list({ limit: 1 })).rows[0]).toMatchObject({ outcome: 'failure' });
  });
  test('of an unknown agent is 404', async () => {
    await seeded();
    expect(await problemOf(it.call(renameAgent, { params: { agentId: unknownId }, etag: '"x"', body: { name: 'edge-2' } }))).toMatchObject({
      code: 'not_found',
    });
  });
  test('outside the console is noticed, and the console’s own is not taken for it', async () => {
    const onOutsideChange = vi.fn<(change: unknown) => void>();
    const { id, etag } = await seeded({ onOutsideChange });
    await it.call(setAgentStatus, { params: { agentId: id }, etag, body: { status: 'INACTIVE' } });
    await it.clock.advance(15_000);
    await list();
    expect(onOutsideChange).not.toHaveBeenCalled();
    await it.clock.advance(150_000);
    await list();
    await it.outside('PUT', `/agents/${id}`, { json: { status: 'ACTIVE' } });
    await it.clock.advance(6_000);
    await list();
    expect(onOutsideChange.mock.calls).toEqual([
      [
        expect.objectContaining({
          of: 'agent',
          id,
          before: expect.objectContaining({ status: 'INACTIVE' }),
          after: expect.objectContaining({ status: 'ACTIVE' }),
        }),
      ],
    ]);
  });
});

describe('rotating and deleting', () => {
  test('a rotation shows the new key, and the old one is dead', async () => {
    await start();
    it.simulator.seed({ agents: [anAgent({ name: 'edge' })] });
    const { id } = await row('edge');
    const { pak } = await it.call(rotateAgentPak, { params: { agentId: id }, body: { reason: 'leaked in a ticket' } });
    expect(await it.worlds.introspect(pak, { requestId: 'rq_00112233445566aa' })).toEqual({ kind: 'agent', id });
    expect((await it.audit.list({ limit: 1 })).rows[0]).toMatchObject({
      type: 'agent.pak_rotated',
      reason: 'leaked in a ticket',
      resource: { name: 'edge' },
    });
    expect((await it.call(listAgentHistory, { params: { agentId: id } })).rows).toMatchObject([{ type: 'agent.pak_rotated' }]);
  });
  test('a deleted agent leaves every list at once, even one that was being read', async () => {
    await start({ agents: 3 });
    const [{ id } = { id: '' }] = (await list()).rows;
    it.simulator.faults.set({ match: 'GET /api/v1/fleet', delayMs: 300, times: 1 });
    await it.clock.advance(5_050); // the next whole read is under way, with the agent in it
    const slow = list();
    expect(await it.call(deleteAgent, { params: { agentId: id }, body: { reason: 'cluster is gone' } })).toEqual({ done: true });
    await it.clock.advance(400);
    expect((await slow).rows.map((agent) => agent.id)).not.toContain(id);
    expect((await list()).total).toBe(2);
  });
  test('an unknown id is 404 and nothing is sent, though the broker would say 204', async () => {
    await start();
    expect(await problemOf(it.call(deleteAgent, { params: { agentId: unknownId }, body: { reason: 'cluster is gone' } }))).toMatchObject({
      code: 'not_found',
    });
    expect(it.upstream()['DELETE /api/v1/agents/{id}']).toBeUndefined();
    expect((await it.outside('DELETE', `/agents/${unknownId}`)).status).toBe(204);
  });
});

/** Everything but reads that goes out from here on, with its body. */
function spyOnChanges(): () => unknown[] {
  const changes: unknown[] = [];
  it.send.instead = (request) => {
    if (request.method !== 'GET') changes.push([request.method, request.body && JSON.parse(new TextDecoder().decode(request.body))]);
    return it.through(request);
  };
  return () => changes;
}
