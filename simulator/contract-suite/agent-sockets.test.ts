import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { admin, adminPak, anAgent, anObject, aTarget, made, url } from './broker.ts';

const base = url.replace('http', 'ws');
interface Frame {
  type: string;
  body: Record<string, unknown>;
}

async function open(path: string, authorization: string) {
  const socket = new WebSocket(`${base}${path}`, { headers: { authorization } });
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString('utf8')) as Frame));
  await once(socket, 'open');
  return { socket, frames, say: (type: string, body: unknown) => socket.send(JSON.stringify({ type, body })) };
}
const openAgent = (pak: string) => open('/internal/ws/agent', `Bearer ${pak}`);
const refused = (pak: string, protocols: string[] = []) =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${base}/internal/ws/agent`, protocols, pak === '' ? {} : { headers: { authorization: pak } });
    socket.on('error', () => undefined);
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
  });
const recordOf = async (agentId: string) => (await made('GET', `/agents/${agentId}/fleet-status`))['record'] as Record<string, unknown>;
const eventually = (look: () => Promise<void> | void) => vi.waitFor(look, { timeout: 5000, interval: 20 });
const closing = (socket: WebSocket) =>
  new Promise((resolve) => {
    socket.once('close', resolve);
  });

describe('the socket of an agent', () => {
  test('is open to agents by header alone', async () => {
    const agent = await anAgent();
    expect(await refused('')).toBe(401);
    expect(await refused('a_b_nobody')).toBe(401);
    expect(await refused(adminPak)).toBe(403);
    expect(await refused('', [`brokkr.pak.${agent.pak}`, 'brokkr.v1'])).toBe(401);
  });
  test('coming and going are told to the fleet, a heartbeat over it is not', async () => {
    const agent = await anAgent();
    const fleet = await open('/api/v1/fleet/live', adminPak);
    const about = () => fleet.frames.map((frame) => frame.body).filter((body) => body['agent_id'] === agent.id);
    const link = await openAgent(agent.pak);
    await eventually(() => expect(about()).toMatchObject([{ ws_connected: true }]));
    link.say('heartbeat', { agent_id: agent.id, sent_at: '2026-03-02T09:15:27.470018Z', k8s_reachable: true, k8s_api_latency_ms: 7 });
    await eventually(async () =>
      expect(await recordOf(agent.id)).toMatchObject({ k8s_api_latency_ms: 7, last_heartbeat: expect.any(String) as string }),
    );
    const connections = (await made('GET', '/admin/ws/connections'))['connections'] as { agent_id: string }[];
    expect(connections.find((one) => one.agent_id === agent.id)).toEqual({
      agent_id: agent.id,
      connected_since: expect.any(String) as string,
      messages_in: 1,
      messages_out: 0,
    });
    link.socket.close(1000);
    expect(await closing(link.socket)).toBe(1000);
    await eventually(() => expect(about()).toMatchObject([{ ws_connected: true }, { ws_connected: false }]));
    expect(await recordOf(agent.id)).toMatchObject({ ws_connected: false, connected_since: null });
    fleet.socket.terminate();
  });
  test('events and health come in by it, those of others do not', async () => {
    const { agent, objectId } = await aTarget();
    const other = await anAgent();
    const link = await openAgent(agent.pak);
    const event = {
      id: objectId,
      created_at: '2026-03-02T09:12:03Z',
      updated_at: '2026-03-02T09:12:03Z',
      deleted_at: null,
      deployment_object_id: objectId,
      event_type: 'DEPLOY',
      status: 'SUCCESS',
      message: null,
    };
    link.socket.send('not json');
    link.say('agent_event', { ...event, agent_id: other.id });
    link.say('agent_event', { ...event, agent_id: agent.id });
    const health = {
      id: objectId,
      agent_id: agent.id,
      deployment_object_id: objectId,
      summary: null,
      checked_at: '2026-03-02T09:14:40Z',
      created_at: '2026-03-02T09:14:40Z',
      updated_at: '2026-03-02T09:14:40Z',
    };
    link.say('agent_health', { ...health, status: 'fine' });
    link.say('agent_health', { ...health, status: 'degraded' });
    await eventually(async () => expect(await recordOf(agent.id)).toMatchObject({ health_degraded: 1 }));
    expect((await admin('GET', `/agents/${agent.id}/events`)).body).toMatchObject([{ deployment_object_id: objectId, status: 'SUCCESS' }]);
    expect((await admin('GET', `/agents/${other.id}/events`)).body).toEqual([]);
    link.socket.terminate();
  });
  test('hints go out by it: a target, an object of a targeted stack, a deregistration', async () => {
    const { agent, generator, stack } = await aTarget();
    const link = await openAgent(agent.pak);
    await made('DELETE', `/agents/${agent.id}/targets/${stack.id}`);
    const target = await made('POST', `/agents/${agent.id}/targets`, { agent_id: agent.id, stack_id: stack.id });
    await anObject(stack.id);
    await admin('DELETE', `/generators/${generator.id}/register`, { agent_id: agent.id });
    const nil = '00000000-0000-0000-0000-000000000000';
    await eventually(() =>
      expect(link.frames).toEqual([
        { type: 'target_changed', body: target },
        { type: 'stack_changed', body: expect.objectContaining({ id: stack.id, name: stack.name }) as unknown },
        { type: 'target_changed', body: { id: nil, agent_id: agent.id, stack_id: nil } },
      ]),
    );
    link.socket.terminate();
  });
  test('a newer one, a new key and the agent’s end close it without a code', async () => {
    const agent = await anAgent();
    const first = await openAgent(agent.pak);
    const gone = closing(first.socket);
    const second = await openAgent(agent.pak);
    expect(await gone).toBe(1005);
    const rotated = closing(second.socket);
    const { pak } = await made('POST', `/agents/${agent.id}/rotate-pak`);
    expect(await rotated).toBe(1005);
    const third = await openAgent(String(pak));
    const deleted = closing(third.socket);
    await made('DELETE', `/agents/${agent.id}`);
    expect(await deleted).toBe(1005);
  });
});
