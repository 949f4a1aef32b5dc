import { describe, expect, test, vi } from 'vitest';
import { admin, aGenerator, anAgent, ask, aStack, made, refusal, unique } from './broker.ts';

interface Entry {
  action: string;
  timestamp: string;
  details: Record<string, unknown> | null;
  user_agent?: string;
}
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const time = expect.stringMatching(/^\d{4}-/);

/** Rows arrive with the next flush, at most a second late: asks until they are there. */
const logs = (query: string, count: number, isMeant: (row: Entry) => boolean = () => true): Promise<Entry[]> =>
  vi.waitFor(
    async () => {
      const { body } = await admin('GET', `/admin/audit-logs?limit=1000&${query}`);
      const rows = (body as { logs: Entry[] }).logs.filter(isMeant);
      expect(rows.length).toBeGreaterThanOrEqual(count);
      return rows;
    },
    { timeout: 4000, interval: 50 },
  );
const actions = (rows: Entry[]) => rows.map((row) => row.action).toSorted();

describe('the audit log', () => {
  test('what happens to an agent', async () => {
    const generator = await aGenerator();
    const agent = await anAgent();
    await made('PUT', `/agents/${agent.id}`, { status: 'ACTIVE' });
    await made('POST', `/generators/${generator.id}/register`, { agent_id: agent.id });
    await agent.call('DELETE', `/generators/${generator.id}/register`, {});
    await made('POST', `/agents/${agent.id}/rotate-pak`);
    await made('DELETE', `/agents/${agent.id}`);
    await made('DELETE', `/agents/${agent.id}`);
    const rows = await logs(`resource_id=${agent.id}`, 8);
    expect(actions(rows)).toEqual([
      'agent.created',
      'agent.deleted',
      'agent.deleted',
      'agent.deregistered',
      'agent.registered',
      'agent.updated',
      'pak.created',
      'pak.rotated',
    ]);
    const named = { name: agent.name, cluster_name: agent.cluster };
    const by = { actor_type: 'admin', actor_id: null, actor_name: 'admin' };
    const row = (action: string, resource: string, details: unknown, actor: Record<string, unknown> = by) => ({
      id,
      timestamp: time,
      created_at: time,
      ...actor,
      action,
      resource_type: resource,
      resource_id: agent.id,
      details,
    });
    const self = { actor_type: 'agent', actor_id: agent.id, actor_name: agent.name };
    for (const expected of [
      row('agent.created', 'agent', named),
      row('pak.created', 'pak', { entity: 'agent', name: agent.name }),
      row('agent.updated', 'agent', { ...named, status: 'ACTIVE' }),
      row('agent.registered', 'agent', { generator_id: generator.id }),
      row('agent.deregistered', 'agent', { generator_id: generator.id }, self),
      row('pak.rotated', 'agent', { agent_name: agent.name }),
      row('agent.deleted', 'agent', null),
    ]) {
      expect(rows).toContainEqual(expected);
    }
  });
  test('what happens to a generator and its stacks', async () => {
    const generator = await aGenerator();
    const stack = await aStack(generator.id);
    await generator.call('DELETE', `/stacks/${stack.id}`);
    await generator.call('POST', `/generators/${generator.id}/rotate-pak`);
    await made('DELETE', `/generators/${generator.id}`);
    const rows = await logs(`resource_id=${generator.id}`, 4);
    expect(actions(rows)).toEqual(['generator.created', 'generator.deleted', 'pak.created', 'pak.rotated']);
    expect(rows).toContainEqual(
      expect.objectContaining({
        action: 'pak.rotated',
        resource_type: 'generator',
        details: { generator_name: generator.name },
        actor_type: 'generator',
        actor_id: generator.id,
        actor_name: generator.name,
      }),
    );
    const told = await logs(`resource_id=${stack.id}`, 2);
    expect(told).toContainEqual(
      expect.objectContaining({
        action: 'stack.created',
        resource_type: 'stack',
        details: { name: stack.name, generator_id: generator.id },
        actor_type: 'admin',
      }),
    );
    expect(told).toContainEqual(expect.objectContaining({ action: 'stack.deleted', details: null, actor_type: 'admin', actor_id: null }));
  });
  test('a key that is refused leaves a trace, a missing one does not', async () => {
    const agent = unique('probe');
    const headers = { 'user-agent': agent, 'x-forwarded-for': '203.0.113.9, 10.0.0.1' };
    await ask('GET', '/api/v1/stacks?x=1', { headers });
    await ask('GET', '/api/v1/stacks?x=1', { headers: { ...headers, authorization: 'Bearer a_b_nobody' } });
    const rows = await logs('action=auth.failed', 1, (row) => row.user_agent === agent);
    expect(rows).toEqual([
      {
        id,
        timestamp: time,
        created_at: time,
        actor_type: 'system',
        actor_id: null,
        actor_name: 'system',
        action: 'auth.failed',
        resource_type: 'system',
        resource_id: null,
        details: { path: '/stacks', reason: 'invalid_pak' },
        ip_address: '203.0.113.9',
        user_agent: agent,
      },
    ]);
  });
  test('labels, targets, objects and events leave none', async () => {
    const agent = await anAgent();
    await made('POST', `/agents/${agent.id}/labels`, { agent_id: agent.id, label: 'x' });
    await made('PUT', `/agents/${agent.id}`, {});
    expect(actions(await logs(`resource_id=${agent.id}`, 3))).toEqual(['agent.created', 'agent.updated', 'pak.created']);
  });
});

describe('reading the log', () => {
  const page = async (query: string) =>
    (await made('GET', `/admin/audit-logs?${query}`)) as unknown as {
      logs: Entry[];
      total: number;
      count: number;
      limit: number;
      offset: number;
    };
  test('pages are clamped and counted', async () => {
    const generator = await aGenerator();
    for (let round = 0; round < 3; round += 1) await made('PUT', `/agents/${(await anAgent()).id}`, {});
    await logs(`resource_id=${generator.id}`, 2);
    expect(await page('limit=2&offset=1')).toMatchObject({ count: 2, limit: 2, offset: 1 });
    expect(await page('limit=-5&offset=-3')).toMatchObject({ count: 1, limit: 1, offset: 0 });
    expect(await page('limit=5000')).toMatchObject({ limit: 1000 });
    expect(await page('')).toMatchObject({ limit: 100, offset: 0 });
    const whole = await page('limit=1000');
    expect(whole.total).toBeGreaterThanOrEqual(whole.count);
    expect(whole.logs.map((row) => row.timestamp)).toEqual(
      whole.logs
        .map((row) => row.timestamp)
        .toSorted()
        .toReversed(),
    );
  });
  test('filters are exact, but an action may end in a star', async () => {
    const generator = await aGenerator();
    await logs(`resource_id=${generator.id}`, 2);
    expect(actions((await page(`resource_id=${generator.id}&action=pak.*`)).logs)).toEqual(['pak.created']);
    expect(actions((await page(`resource_id=${generator.id}&resource_type=generator`)).logs)).toEqual(['generator.created']);
    expect((await page(`resource_id=${generator.id}&action=pak`)).total).toBe(0);
    expect((await page(`resource_id=${generator.id}&actor_type=system`)).total).toBe(0);
    const [row] = (await page(`resource_id=${generator.id}`)).logs;
    const at = encodeURIComponent(row?.timestamp ?? '');
    expect((await page(`resource_id=${generator.id}&from=${at}`)).total).toBe(2);
    expect((await page(`resource_id=${generator.id}&to=${at}`)).total).toBe(0);
  });
  test('before the star the wildcards of SQL count, without one they do not', async () => {
    const generator = await aGenerator();
    await logs(`resource_id=${generator.id}`, 2);
    const found = async (action: string) => actions((await page(`resource_id=${generator.id}&action=${encodeURIComponent(action)}`)).logs);
    const both = ['generator.created', 'pak.created'];
    expect(await found('*')).toEqual(both);
    expect(await found('%.created*')).toEqual(both);
    expect(await found('p_k*')).toEqual(['pak.created']);
    expect(await found('pak\\.cr*')).toEqual(['pak.created']);
    for (const none of ['PAK.*', 'p.k*', '[pg]*', 'pak\\_*', 'p_k.created', 'pak.**', '']) expect(await found(none), none).toEqual([]);
  });
  test('it is an admin’s', async () => {
    for (const { call } of [await aGenerator(), await anAgent()])
      expect(await call('GET', '/admin/audit-logs')).toMatchObject(refusal(403, 'admin_required'));
  });
});
