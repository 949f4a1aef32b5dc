import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { admin, adminPak, anAgent, anObject, ask, aTarget, headerOf, made, unknownId, url } from './broker.ts';

async function read(): Promise<Map<string, number>> {
  const { text } = await ask('GET', '/metrics');
  return new Map([...text.matchAll(/^([a-z_]+(?:\{.*\})?) (\S+)$/gm)].map(([, series = '', value]) => [series, Number(value)]));
}
const eventually = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 5000, interval: 50 });
const requests = (endpoint: string, method: string, status: number) =>
  `brokkr_http_requests_total{endpoint="${endpoint}",method="${method}",status="${String(status)}"}`;

describe('what anybody may read', () => {
  test('the metrics, as Prometheus wants them', async () => {
    const answer = await ask('GET', '/metrics');
    expect(answer.status).toBe(200);
    expect(headerOf(answer, 'content-type')).toEqual(['text/plain; version=0.0.4']);
    expect(headerOf(answer, 'access-control-allow-origin')).toEqual(['*']);
    expect(answer.text.split('\n').slice(0, 2)).toEqual([
      '# HELP brokkr_active_agents Number of active agents',
      '# TYPE brokkr_active_agents gauge',
    ]);
    expect(await ask('HEAD', '/metrics')).toMatchObject({ status: 200, text: '' });
    expect(headerOf(await ask('POST', '/metrics'), 'allow')).toEqual(['GET,HEAD']);
  });
  test('the version, which stands in the document of the API', async () => {
    const answer = await ask('GET', '/docs/openapi.json');
    expect(answer).toMatchObject({ status: 200, body: { openapi: '3.1.0', info: { version: '0.9.1' }, servers: [{ url: '/api/v1' }] } });
  });
});

describe('requests', () => {
  test('are counted by endpoint, method and status, whatever became of them; unknown paths and the metrics are not', async () => {
    const before = await read();
    await ask('GET', '/api/v1/agents');
    await admin('GET', `/agents/${unknownId}`);
    await admin('GET', '/agents/12345/labels');
    await admin('PATCH', '/agents');
    await ask('OPTIONS', '/api/v1/agents');
    await ask('HEAD', '/api/v1/stacks', { headers: { authorization: adminPak } });
    await ask('GET', '/healthz');
    await admin('GET', '/nothing-here');
    const after = await read();
    const grown = (series: string) => (after.get(series) ?? 0) - (before.get(series) ?? 0);
    for (const series of [
      requests('/api/v1/agents', 'GET', 401),
      requests('/api/v1/agents/:id', 'GET', 404),
      requests('/api/v1/agents/:id/labels', 'GET', 400),
      requests('/api/v1/agents', 'PATCH', 405),
    ]) {
      expect(grown(series), series).toBeGreaterThanOrEqual(1);
    }
    for (const series of [
      requests('/api/v1/agents', 'OPTIONS', 200),
      requests('/api/v1/stacks', 'HEAD', 200),
      requests('/healthz', 'GET', 200),
    ])
      expect(grown(series), series).toBeGreaterThanOrEqual(1);
    expect([...after.keys()].filter((series) => /nothing-here|"\/metrics"/.test(series))).toEqual([]);
  });
  test('their durations fall into buckets that add up', async () => {
    await admin('GET', '/paks');
    const values = await read();
    const of = (rest: string) =>
      [...values].filter(
        ([series]) => series.startsWith(`brokkr_http_request_duration_seconds_${rest}`) && series.includes('"/api/v1/paks"'),
      );
    const buckets = of('bucket').map(([, value]) => value);
    expect(buckets).toHaveLength(13);
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
    expect(of('count')[0]?.[1]).toBe(buckets.at(-1));
    expect(of('sum')[0]?.[1]).toBeGreaterThan(0);
  });
});

describe('gauges that mislead', () => {
  test('objects are those of the stack that was asked about last', async () => {
    const [one, other] = [await aTarget(), await aTarget()];
    await anObject(one.stack.id);
    const asked = async (stackId: string) => {
      await made('GET', `/stacks/${stackId}/deployment-objects`);
      return (await read()).get('brokkr_deployment_objects_total');
    };
    expect(await asked(one.stack.id)).toBe(2);
    expect(await asked(other.stack.id)).toBe(1);
  });
  test('stacks are counted when an admin lists them all, live subscribers when somebody asks who is connected', async () => {
    const { stack } = await aTarget();
    const all = (await admin('GET', '/stacks')).body as unknown[];
    expect((await read()).get('brokkr_stacks_total')).toBe(all.length);
    await admin('GET', `/stacks?pak_id=${unknownId}`);
    expect((await read()).get('brokkr_stacks_total')).toBe(all.length);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/stacks/${stack.id}/live`, { headers: { authorization: adminPak } });
    await once(socket, 'open');
    const { live_subscribers: subscribers } = await made('GET', '/admin/ws/connections');
    expect(subscribers).toBeGreaterThanOrEqual(1);
    expect((await read()).get('brokkr_ws_live_subscribers')).toBe(subscribers);
    socket.terminate();
  });
  test('an agent’s age is zero with its REST heartbeat; active ones are counted when an admin lists agents', async () => {
    const agent = await anAgent();
    const series = `brokkr_agent_heartbeat_age_seconds{agent_id="${agent.id}",agent_name="${agent.name}"}`;
    expect((await read()).has(series)).toBe(false);
    await agent.call('POST', `/agents/${agent.id}/heartbeat`);
    expect((await read()).get(series)).toBe(0);
    await made('PUT', `/agents/${agent.id}`, { status: 'ACTIVE' });
    const active = ((await admin('GET', '/agents')).body as { status: string }[]).filter(({ status }) => status === 'ACTIVE').length;
    expect((await read()).get('brokkr_active_agents')).toBe(active);
  });
});

test('messages of agents’ sockets are counted both ways, by type', async () => {
  const { agent, stack } = await aTarget();
  const before = await read();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/internal/ws/agent`, { headers: { authorization: agent.pak } });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'heartbeat', body: { agent_id: agent.id, sent_at: '2026-03-02T09:15:27Z' } }));
  await anObject(stack.id);
  const series = [
    'brokkr_ws_messages_total{direction="in",type="heartbeat"}',
    'brokkr_ws_messages_total{direction="out",type="stack_changed"}',
  ];
  await eventually(async () => {
    const after = await read();
    for (const one of series) expect((after.get(one) ?? 0) - (before.get(one) ?? 0), one).toBeGreaterThanOrEqual(1);
    expect(after.get('brokkr_ws_connected_agents')).toBeGreaterThanOrEqual(1);
  });
  socket.terminate();
});
