import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { admin, adminPak, aGenerator, anAgent, anObject, aTarget, isSimulated, made, refusal, unknownId, url } from './broker.ts';

interface FleetRecord {
  agent_id: string;
  heartbeat_age_seconds: number | null;
}
const time = expect.stringMatching(/^\d{4}-/);

describe('the fleet', () => {
  test('a record of an agent never heard of', async () => {
    const agent = await anAgent();
    expect((await admin('GET', `/agents/${agent.id}/fleet-status`)).body).toEqual({
      record: {
        agent_id: agent.id,
        name: agent.name,
        cluster_name: agent.cluster,
        status: 'INACTIVE',
        ws_connected: false,
        connected_since: null,
        last_heartbeat: null,
        heartbeat_age_seconds: null,
        pending_object_count: 0,
        pending_work_orders: 0,
        claimed_work_orders: 0,
        last_event_at: null,
        seconds_since_last_event: null,
        health_failing: 0,
        health_degraded: 0,
        k8s_reachable: null,
        k8s_api_latency_ms: null,
      },
      recent_events: [],
    });
  });
  test('a record of one that reports, with at most twenty events', async () => {
    const { agent, objectId } = await aTarget();
    await agent.call('POST', `/agents/${agent.id}/heartbeat`, { k8s_reachable: true, k8s_api_latency_ms: 11 });
    for (let index = 0; index < 21; index += 1) {
      await agent.call('POST', `/agents/${agent.id}/events`, {
        agent_id: agent.id,
        deployment_object_id: objectId,
        event_type: 'DEPLOY',
        status: 'SUCCESS',
        message: String(index),
      });
    }
    const { record, recent_events: events } = await made('GET', `/agents/${agent.id}/fleet-status`);
    expect(record).toMatchObject({ last_heartbeat: time, last_event_at: time, k8s_reachable: true, k8s_api_latency_ms: 11 });
    expect((record as FleetRecord).heartbeat_age_seconds).toBeGreaterThanOrEqual(0);
    expect((events as { message: string }[]).map((event) => event.message)).toEqual(
      Array.from({ length: 20 }, (_, index) => String(20 - index)),
    );
    const whole = (await admin('GET', '/fleet')).body as FleetRecord[];
    expect(whole).toContainEqual(expect.objectContaining({ agent_id: agent.id, k8s_api_latency_ms: 11 }));
  });
  test('narrowed to a tenant by registration', async () => {
    const generator = await aGenerator();
    const agent = await anAgent([generator.id]);
    expect((await admin('GET', `/fleet?pak_id=${generator.id}`)).body).toMatchObject([{ agent_id: agent.id }]);
    expect((await admin('GET', `/fleet?pak_id=${unknownId}`)).body).toEqual([]);
  });
  test('it is an admin’s, and so are the sockets', async () => {
    for (const { call, id } of [await aGenerator(), await anAgent()]) {
      for (const path of ['/fleet', `/agents/${id}/fleet-status`, '/admin/ws/connections'])
        expect(await call('GET', path)).toMatchObject(refusal(403, 'admin_required'));
    }
    expect((await admin('GET', '/admin/ws/connections')).body).toMatchObject({
      connected_agents: expect.any(Number) as number,
      connections: expect.any(Array) as unknown[],
      live_subscribers: 0,
    });
  });
});

const path = '/api/v1/fleet/live';
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
/** How a handshake with these headers ends. */
function handshake(
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; text: string; protocol: string | undefined }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers, agent: false });
    outgoing.once('error', reject);
    outgoing.once('upgrade', (incoming, socket) => {
      socket.destroy();
      resolve({ status: 101, text: '', protocol: incoming.headers['sec-websocket-protocol'] });
    });
    outgoing.once('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (text += chunk));
      incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, text, protocol: undefined }));
    });
    outgoing.end();
  });
}

describe('the handshake of the live feed', () => {
  const authorization = `Bearer ${adminPak}`;
  test.each([
    [{ ...upgrade, authorization }, { status: 101 }],
    [{ authorization }, { status: 400, text: "Connection header did not include 'upgrade'" }],
    [
      { authorization, connection: 'upgrade' },
      { status: 400, text: "`Upgrade` header did not include 'websocket'" },
    ],
    [{ ...upgrade, authorization, connection: 'keep-alive, Upgrade', upgrade: 'WebSocket' }, { status: 101 }],
    [
      { ...upgrade, authorization, upgrade: 'h2c, websocket' },
      { status: 400, text: "`Upgrade` header did not include 'websocket'" },
    ],
    [
      { ...upgrade, authorization, upgrade: 'other' },
      { status: 400, text: "`Upgrade` header did not include 'websocket'" },
    ],
    [
      { ...upgrade, authorization, 'sec-websocket-version': '12' },
      { status: 400, text: "`Sec-WebSocket-Version` header did not include '13'" },
    ],
    [{ ...upgrade }, { status: 401, text: '' }],
    [{}, { status: 401, text: '' }],
    [
      { ...upgrade, authorization: 'Bearer a_b_nobody' },
      { status: 401, text: '' },
    ],
    [
      { ...upgrade, 'sec-websocket-protocol': `brokkr.pak.${adminPak}, brokkr.v1` },
      { status: 101, protocol: 'brokkr.v1' },
    ],
    [
      { ...upgrade, 'sec-websocket-protocol': `brokkr.pak.${adminPak}` },
      { status: 101, protocol: undefined },
    ],
    [
      { ...upgrade, 'sec-websocket-protocol': 'brokkr.pak.a_b_nobody, brokkr.v1' },
      { status: 401, text: '' },
    ],
    [
      { ...upgrade, authorization: 'Bearer a_b_nobody', 'sec-websocket-protocol': `brokkr.pak.${adminPak}, brokkr.v1` },
      { status: 401, text: '' },
    ],
    [
      { ...upgrade, authorization, 'sec-websocket-protocol': 'other' },
      { status: 101, protocol: undefined },
    ],
  ])('%#', async (headers: Record<string, string>, expected) => {
    expect(await handshake(headers)).toMatchObject(expected);
  });
  test('another method is 405 to whoever has a key', async () => {
    expect(await handshake({}, 'POST')).toMatchObject({ status: 401, text: '' });
    expect(await handshake({ authorization: adminPak }, 'HEAD')).toMatchObject({ status: 405, text: '' });
    for (const key of [adminPak, (await aGenerator()).pak])
      expect(await handshake({ authorization: key }, 'POST')).toMatchObject({ status: 405, text: '' });
  });
  test('generators and agents are refused, after the upgrade was judged', async () => {
    for (const { pak } of [await aGenerator(), await anAgent()]) {
      expect(await handshake({ ...upgrade, authorization: pak })).toMatchObject({ status: 403, text: '' });
      expect(await handshake({ authorization: pak })).toMatchObject({ status: 400 });
    }
  });
});

/** A subscriber that keeps what it hears about one agent. */
async function subscriber() {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers: { authorization: adminPak } });
  const frames: { type: string; body: FleetRecord }[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString('utf8')) as { type: string; body: FleetRecord });
    for (const wake of waiting) wake();
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const about = (agentId: string) => frames.filter(({ body }) => body.agent_id === agentId);
  return {
    socket,
    about,
    async heard(agentId: string, count = 1) {
      while (about(agentId).length < count) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
      }
      return about(agentId);
    },
  };
}

describe('the live feed', () => {
  test('a REST heartbeat is told to all, with the whole record', async () => {
    const [first, second] = [await subscriber(), await subscriber()];
    const agent = await anAgent();
    await agent.call('POST', `/agents/${agent.id}/heartbeat`, { k8s_reachable: true, k8s_api_latency_ms: 7 });
    for (const listener of [first, second]) {
      const [frame] = await listener.heard(agent.id);
      const { record } = await made('GET', `/agents/${agent.id}/fleet-status`);
      expect(Object.keys(frame?.body ?? {}).toSorted()).toEqual(Object.keys(record as FleetRecord).toSorted());
      expect(frame).toMatchObject({ type: 'fleet_update', body: { agent_id: agent.id, k8s_api_latency_ms: 7, last_heartbeat: time } });
      listener.socket.terminate();
    }
  });
  test('renaming, activating, labelling and deleting are not told', async () => {
    const listener = await subscriber();
    const [agent, marker] = [await anAgent(), await anAgent()];
    await made('PUT', `/agents/${agent.id}`, { status: 'ACTIVE', name: `${agent.name}-renamed` });
    await made('POST', `/agents/${agent.id}/labels`, { agent_id: agent.id, label: 'x' });
    await made('DELETE', `/agents/${agent.id}`);
    await marker.call('POST', `/agents/${marker.id}/heartbeat`);
    await listener.heard(marker.id);
    expect(listener.about(agent.id)).toEqual([]);
    listener.socket.terminate();
  });
  // A simulated broker's sweep is tested on a clock that need not be waited for.
  test.skipIf(isSimulated)(
    'changed counts are told by a sweep, once',
    async () => {
      const { agent, stack } = await aTarget();
      const listener = await subscriber();
      const [first] = await listener.heard(agent.id);
      expect(first).toMatchObject({ body: { pending_object_count: 1 } });
      await anObject(stack.id);
      const other = await aTarget();
      await listener.heard(other.agent.id);
      expect(listener.about(agent.id)).toHaveLength(1);
      listener.socket.terminate();
    },
    60_000,
  );
  test('who says goodbye is dropped without one', async () => {
    const { socket } = await subscriber();
    const code = await new Promise((resolve) => {
      socket.once('close', resolve);
      socket.close(1000);
    });
    expect(code).toBe(1006);
  });
});
