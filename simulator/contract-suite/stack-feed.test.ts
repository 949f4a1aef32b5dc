import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { admin, adminPak, aGenerator, anAgent, aStack, aTarget, made, refusal, unknownId, url } from './broker.ts';

const base = url.replace('http', 'ws');
interface Frame {
  type: string;
  body: Record<string, unknown>;
}
async function open(path: string, pak: string) {
  const socket = new WebSocket(`${base}${path}`, { headers: { authorization: pak } });
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString('utf8')) as Frame));
  await once(socket, 'open');
  return { socket, frames, say: (type: string, body: unknown) => socket.send(JSON.stringify({ type, body })) };
}
const live = (stackId: string) => `/api/v1/stacks/${stackId}/live`;
function refused(path: string, pak: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${base}${path}`, pak === '' ? {} : { headers: { authorization: pak } });
    socket.on('error', () => undefined);
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
  });
}
const eventually = (look: () => Promise<void> | void) => vi.waitFor(look, { timeout: 8000, interval: 20 });
/** For a broker that stores each line before it reads the next. */
const patiently = (look: () => Promise<void> | void) => vi.waitFor(look, { timeout: 60_000, interval: 100 });
const time = '2026-03-02T09:15:26.900412337Z';
const event = (agentId: string, stackId: string) => ({
  agent_id: agentId,
  stack_id: stackId,
  observed_at: '2026-03-02T09:15:20Z',
  reason: 'BackOff',
  message: 'm',
  event_type: 'Warning',
  source: null,
  involved_object: { api_version: 'v1', kind: 'Pod', namespace: null, name: 'p', uid: null },
});
const line = (agentId: string, stackId: string, text = 'GET /balance 200 4ms') => ({
  agent_id: agentId,
  stack_id: stackId,
  namespace: 'payments',
  pod: 'p',
  container: 'c',
  ts: time,
  line: text,
});
const gap = (agentId: string, stackId: string, reason: string) => ({
  agent_id: agentId,
  stack_id: stackId,
  since_ts: time,
  dropped_count: 1,
  reason,
});

describe('the feed of a stack', () => {
  test('is open to admins and the owner, and to an admin even where there is no stack', async () => {
    const { agent, generator, stack } = await aTarget();
    const foreign = await aGenerator();
    for (const pak of [adminPak, generator.pak]) (await open(live(stack.id), pak)).socket.terminate();
    (await open(live(unknownId), adminPak)).socket.terminate();
    expect(await refused(live(stack.id), '')).toBe(401);
    for (const pak of [agent.pak, foreign.pak]) expect(await refused(live(stack.id), pak)).toBe(403);
    expect(await refused(live(unknownId), generator.pak)).toBe(403);
    expect(await refused(live('abc'), agent.pak)).toBe(400);
    const plain = await admin('GET', '/stacks/abc/live');
    expect(plain).toMatchObject({ status: 400, text: "Connection header did not include 'upgrade'" });
  });
  test('carries what agents say of it to the letter, what names another agent not', async () => {
    const { agent, stack } = await aTarget();
    const [other, elsewhere] = [await anAgent(), await aStack((await aGenerator()).id)];
    const watching = await open(live(stack.id), adminPak);
    const link = await open('/internal/ws/agent', agent.pak);
    link.say('k8s_event', event(other.id, stack.id));
    link.say('k8s_event', event(agent.id, elsewhere.id));
    link.say('log_gap', gap(other.id, stack.id, 'whatever'));
    link.say('heartbeat', { agent_id: agent.id, sent_at: time });
    link.say('k8s_event', { ...event(agent.id, stack.id), observed_at: '2026-01-01T00:00:00+02:00', extra: 1 });
    link.say('pod_log_line', line(agent.id, stack.id, 'é'));
    link.say('log_gap', gap(other.id, stack.id, 'rate_limit'));
    await eventually(() =>
      expect(watching.frames).toEqual([
        { type: 'k8s_event', body: { ...event(agent.id, stack.id), observed_at: '2025-12-31T22:00:00Z' } },
        { type: 'pod_log_line', body: line(agent.id, stack.id, 'é') },
        { type: 'log_gap', body: gap(other.id, stack.id, 'rate_limit') },
      ]),
    );
    const connections = (await made('GET', '/admin/ws/connections'))['connections'] as { agent_id: string; messages_in: number }[];
    expect(connections.find((one) => one.agent_id === agent.id)?.messages_in).toBe(6); // what cannot be read is not counted
    for (const { socket } of [watching, link]) socket.terminate();
  });
  test('who reads too slowly is told once how many frames are gone', async () => {
    const { agent, stack } = await aTarget();
    const { hostname, port } = new URL(url);
    const reader = connect(Number(port), hostname);
    await once(reader, 'connect');
    const head = [
      `GET ${live(stack.id)} HTTP/1.1`,
      `host: ${hostname}`,
      `authorization: ${adminPak}`,
      'connection: upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    reader.write(`${head.join('\r\n')}\r\n\r\n`);
    await once(reader, 'readable');
    const link = await open('/internal/ws/agent', agent.pak);
    const sent = 1500;
    const padding = 'x'.repeat(64_000); // so that what lies in the sockets' own buffers is few lines
    for (let index = 0; index < sent; index += 1) link.say('pod_log_line', line(agent.id, stack.id, `${String(index)} ${padding}`));
    await patiently(async () =>
      expect(((await made('GET', `/stacks/${stack.id}/logs?limit=1`))['lines'] as { line: string }[])[0]?.line).toMatch(/^1499 /),
    );
    const chunks: Buffer[] = [];
    reader.on('data', (chunk: Buffer) => chunks.push(chunk));
    const told = (last: number) => Buffer.concat(chunks.slice(-last)).toString('latin1');
    await patiently(() => expect(told(8)).toContain('"line":"1499 '));
    const lines = told(chunks.length);
    const [marker, ...more] = [...lines.matchAll(/"dropped_count":(\d+),"reason":"buffer_full"/g)];
    expect(more).toEqual([]);
    expect(Number(marker?.[1]) + [...lines.matchAll(/"line":"\d+ /g)].length).toBe(sent);
    expect(lines).toContain('"agent_id":"00000000-0000-0000-0000-000000000000"');
    reader.destroy();
    link.socket.terminate();
  }, 130_000);
});

describe('what was said of a stack', () => {
  test('can be read for six hours, newest first', async () => {
    const { agent, generator, stack } = await aTarget();
    const link = await open('/internal/ws/agent', agent.pak);
    for (const text of ['first', 'second', 'third']) link.say('pod_log_line', line(agent.id, stack.id, text));
    link.say('k8s_event', event(agent.id, stack.id));
    link.say('log_gap', gap(agent.id, stack.id, 'rate_limit'));
    await eventually(async () => expect((await made('GET', `/stacks/${stack.id}/events`))['events']).toHaveLength(1));
    const { retention, lines } = (await generator.call('GET', `/stacks/${stack.id}/logs?limit=2`)).body as {
      retention: Record<string, unknown>;
      lines: (Record<string, unknown> & { created_at: string })[];
    };
    expect(lines.map((row) => row['line'])).toEqual(['third', 'second']);
    expect(lines[0]).toEqual({
      ...line(agent.id, stack.id, 'third'),
      ts: '2026-03-02T09:15:26.900412Z',
      id: expect.any(String) as string,
      created_at: expect.any(String) as string,
    });
    expect(retention).toMatchObject({
      retention_ceiling_seconds: 21_600,
      effective_retention_seconds: 21_600,
      oldest_available_ts: lines[1]?.created_at,
    });
    expect((await made('GET', `/stacks/${stack.id}/logs?limit=0`))['lines']).toHaveLength(1);
    expect((await made('GET', `/stacks/${stack.id}/logs?limit=-4`))['lines']).toHaveLength(1);
    expect((await made('GET', `/stacks/${stack.id}/logs?since=2020-01-01T00:00:00Z`))['lines']).toHaveLength(3);
    expect(await made('GET', `/stacks/${stack.id}/logs?since=2100-01-01T00:00:00Z`)).toMatchObject({
      lines: [],
      retention: { oldest_available_ts: null },
    });
    link.socket.terminate();
  });
  test('refusals', async () => {
    const { agent, stack } = await aTarget();
    for (const what of ['events', 'logs']) {
      expect(await admin('GET', `/stacks/${unknownId}/${what}`)).toMatchObject(refusal(404, 'stack_not_found'));
      expect(await agent.call('GET', `/stacks/${stack.id}/${what}`)).toMatchObject(refusal(403, 'stack_not_owned'));
      expect(await admin('GET', `/stacks/${stack.id}/${what}?limit=x`)).toMatchObject({
        status: 400,
        text: 'Failed to deserialize query string: invalid digit found in string',
      });
    }
  });
});
