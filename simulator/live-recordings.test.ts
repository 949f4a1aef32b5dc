import { describe, expect, test } from 'vitest';
import { aGenerator, anAgent, aStack } from './builders.ts';
import type { Feed } from './ports.ts';
import { createSimulator } from './simulator.ts';
import { manualClock } from './testing/manual-clock.ts';
import { differences, emptyShape, learn, operationPath, recorded, recording, type Shape } from './testing/recordings.ts';

const adminPak = 'brokkr_BRexampl_REDACTEDadminxxxxxxxxxxxxxxxxxxxx';
const paks = {
  payments: 'brokkr_BRexampl_REDACTEDpaymentsxxxxxxxxxxxxxxxxx',
  storefront: 'brokkr_BRexampl_REDACTEDstorefrontxxxxxxxxxxxxxxx',
  edge: 'brokkr_BRexampl_REDACTEDedgerunnerfraprod1xxxxxxx',
};
const stackId = '539744aa-d980-4790-a2fd-e6efde22f02b';
const quietStackId = '3cacf9b8-695a-4fbd-8380-4c9d5c19a10b';
const agentId = 'ef90e06d-4839-4ca6-b02d-17751ac996ed';
const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

/** The part of the recorded world that the sockets were about, under its own ids and keys. */
function stage() {
  const clock = manualClock();
  const simulator = createSimulator({ seed: 1, clock, scenario: 'empty', adminPak });
  simulator.seed({
    generators: [aGenerator({ name: 'payments', pak: paks.payments }), aGenerator({ name: 'storefront', pak: paks.storefront })],
    stacks: [aStack({ id: stackId, name: 'ledger', generator: 'payments' }), aStack({ id: quietStackId, name: 'quiet' })],
    agents: [anAgent({ id: agentId, name: 'edge-runner', targets: ['ledger'], pak: paks.edge })],
  });
  const open = (path: string, authorization: string): Feed => {
    const answer = simulator.openFeed(path, { ...handshake, authorization });
    if ('refusal' in answer) throw new Error('refused');
    return answer.feed;
  };
  const get = async (path: string) => {
    const answer = await simulator.send({ method: 'GET', path, headers: { authorization: adminPak } });
    return { ...answer, text: new TextDecoder().decode(answer.bytes) };
  };
  return { clock, simulator, open, get };
}
async function taken(feed: Feed, count: number): Promise<unknown[]> {
  const frames: unknown[] = [];
  for await (const frame of feed.frames) if (frames.push(JSON.parse(frame)) === count) break;
  return frames;
}

interface Handshake {
  name: string;
  request: { path: string; headers: Record<string, string>; protocols: string[] };
  response: { status: number; headers?: Record<string, string>; body?: string | null; protocol?: string };
}
describe('handshakes', () => {
  const { simulator } = stage();
  for (const { name, request, response } of recording('ws-refusals') as Handshake[]) {
    test(name, () => {
      const offered = request.protocols.length > 0 ? { 'sec-websocket-protocol': request.protocols.join(', ') } : {};
      const answer = simulator.openFeed(request.path, { ...handshake, ...request.headers, ...offered });
      if ('feed' in answer)
        return expect({ status: 101, protocol: answer.feed.protocol }).toEqual({ status: response.status, protocol: response.protocol });
      expect(answer.refusal).toMatchObject({ status: response.status, headers: response.headers });
      return expect(new TextDecoder().decode(answer.refusal.bytes)).toBe(response.body ?? '');
    });
  }
});

test('a frame of the fleet feed carries a fleet record', async () => {
  const { frames } = recording('ws-fleet-live') as { frames: { frame: unknown }[] };
  const known = frames.reduce((shape, { frame }) => learn(shape, frame), emptyShape());
  const { simulator, open } = stage();
  const feed = open('/api/v1/fleet/live', adminPak);
  simulator.seed({ agents: [anAgent({ name: 'a', heartbeatAgeSeconds: null })] });
  simulator.agents.heartbeat('a', { k8s_reachable: true, k8s_api_latency_ms: 7 });
  expect(differences(learn(emptyShape(), (await taken(feed, 1))[0]), known)).toEqual([]);
});

describe('what an agent tells of a stack’s pods', () => {
  const { frames } = recording('ws-stack-live') as { frames: { frame: { type: string } }[] };
  const told = frames.map(({ frame }) => frame);

  test('is forwarded to the letter, in order', async () => {
    const { open } = stage();
    const feed = open(`/api/v1/stacks/${stackId}/live`, paks.payments);
    const link = open('/internal/ws/agent', paks.edge);
    for (const frame of told) link.receive?.(JSON.stringify(frame));
    expect(await taken(feed, told.length)).toEqual(told);
  });
  test('can be read afterwards, but for the gaps', async () => {
    const { clock, open, get } = stage();
    const link = open('/internal/ws/agent', paks.edge);
    for (const frame of told) {
      link.receive?.(JSON.stringify(frame));
      clock.advance(40);
    }
    const history = recorded('telemetry').filter(({ request }) => !request.path.includes('since='));
    const shapes = new Map<string, Shape>();
    for (const { request, response } of history) {
      const key = `${operationPath(request.path)} ${String(response.status)}`;
      shapes.set(key, learn(shapes.get(key) ?? emptyShape(), response.body));
    }
    for (const { request, response } of history) {
      const here = await get(request.path);
      expect(here.status, request.path).toBe(response.status);
      if (here.headers['content-type'] !== 'application/json') expect(here.text).toBe(response.body);
      else if (response.status >= 400) expect(JSON.parse(here.text)).toEqual(response.body);
      else {
        expect(
          differences(learn(emptyShape(), JSON.parse(here.text)), shapes.get(`${operationPath(request.path)} 200`) ?? emptyShape()),
        ).toEqual([]);
        const [rows, theirs] = [JSON.parse(here.text), response.body].map((body) => withoutIds(body));
        expect(rows).toEqual(theirs);
      }
    }
  });
  test('is counted as the broker counts it', async () => {
    const { clock, simulator, open, get } = stage();
    open(`/api/v1/stacks/${stackId}/live`, paks.payments);
    open('/api/v1/fleet/live', adminPak);
    const link = open('/internal/ws/agent', paks.edge);
    for (const frame of told) link.receive?.(JSON.stringify(frame));
    simulator.seed({ stacks: [aStack({ name: 'other' })] });
    for (const path of [
      '/api/v1/admin/ws/connections',
      '/api/v1/stacks',
      `/api/v1/stacks/${stackId}/deployment-objects`,
      '/api/v1/agents/',
    ])
      await get(path);
    clock.advance(60_000);
    const theirs = recorded('system').find(({ request }) => request.path === '/metrics')?.response;
    const here = await get('/metrics');
    expect(here.headers).toMatchObject(theirs?.headers ?? {});
    const lines = here.text.split('\n');
    for (const line of String(theirs?.body)
      .split('\n')
      .filter((one) => one.startsWith('#')))
      expect(lines).toContain(line);
    for (const line of String(theirs?.body)
      .split('\n')
      .filter((one) => /^brokkr_ws_.*(k8s_event|log_gap|pod_log_line|_live_|connected)/.test(one)))
      expect(lines).toContain(line);
    const known = labelNames(String(theirs?.body));
    for (const [series, labels] of labelNames(here.text)) if (known.has(series)) expect(labels, series).toBe(known.get(series));
  });
});
const withoutIds = (body: unknown) =>
  JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    ['id', 'created_at', 'oldest_available_ts'].includes(key) ? null : value,
  ) as unknown;
const labelNames = (text: string) =>
  new Map([...text.matchAll(/^(\w+)\{(.*)\} /gm)].map(([, series = '', labels = '']) => [series, labels.replaceAll(/="[^"]*"/g, '')]));
