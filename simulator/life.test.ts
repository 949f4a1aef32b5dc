import { describe, expect, test } from 'vitest';
import { aConfigMap, aDeployment, anAgent, aStack } from './builders.ts';
import { aLife, type Traits } from './life.ts';
import { createSimulator } from './simulator.ts';
import { manualClock } from './testing/manual-clock.ts';

const adminPak = `brokkr_BRlife0000_${'x'.repeat(32)}`;
const decoder = new TextDecoder();

function stage(traits: Partial<Traits> = {}, yaml = aDeployment('ledger', 'ledger:1')) {
  const clock = manualClock();
  const simulator = createSimulator({ seed: 1, clock, scenario: 'empty', adminPak });
  const life = aLife(traits);
  const { agents, stacks } = simulator.seed({
    stacks: [aStack({ name: 'ledger', revisions: [yaml] })],
    agents: [anAgent({ name: 'runner', targets: ['ledger'], heartbeatAgeSeconds: 300, life })],
  });
  const [agent, stack] = [agents[0]?.id ?? '', stacks[0]?.id ?? ''];
  const ask = async (line: string, body?: unknown) => {
    const [method = '', path = ''] = line.split(' ');
    const headers = { authorization: adminPak, 'content-type': 'application/json' };
    const sent = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
    const answer = await simulator.send({ method, path: `/api/v1${path}`, headers, body: sent });
    return JSON.parse(decoder.decode(answer.bytes) || 'null') as unknown;
  };
  const status = async () =>
    (await ask(`GET /agents/${agent}/fleet-status`)) as { record: Record<string, unknown>; recent_events: { status: string }[] };
  return { clock, simulator, agent, stack, ask, status };
}

describe('a living agent', () => {
  test('connects, heartbeats every ten seconds, applies what is its own, and reports health within a minute', async () => {
    const { clock, status } = stage();
    expect((await status()).record).toMatchObject({ ws_connected: false, heartbeat_age_seconds: 300, pending_object_count: 1 });
    clock.advance(14_000);
    expect(await status()).toMatchObject({
      record: { ws_connected: true, pending_object_count: 0 },
      recent_events: [{ status: 'SUCCESS', message: null }],
    });
    for (let beat = 0; beat < 12; beat += 1) {
      expect((await status()).record['heartbeat_age_seconds']).toBeLessThan(10);
      clock.advance(9_999);
    }
  });
  test('answers a new revision at once when it has a socket', async () => {
    const { clock, ask, stack, status } = stage();
    clock.advance(14_000);
    await ask(`POST /stacks/${stack}/deployment-objects`, { yaml_content: aConfigMap('ledger') });
    expect((await status()).record).toMatchObject({ pending_object_count: 1 });
    clock.advance(3_300);
    expect((await status()).recent_events).toHaveLength(2);
  });
  test('one that applies badly says so and does not try again', async () => {
    const { clock, status } = stage({ applies: 'badly' });
    clock.advance(120_000);
    expect((await status()).recent_events).toMatchObject([{ status: 'FAILURE', message: expect.any(String) as string }]);
    expect((await status()).record).toMatchObject({ pending_object_count: 0, health_failing: 0 });
  });
  test('one that is stuck heartbeats and leaves its objects pending', async () => {
    const { clock, status } = stage({ applies: 'never' });
    clock.advance(120_000);
    expect(await status()).toMatchObject({ record: { pending_object_count: 1 }, recent_events: [] });
  });
  test('one without its cluster says so, and does nothing there', async () => {
    const { clock, status } = stage({ isReachable: false });
    clock.advance(30_000);
    expect((await status()).record).toMatchObject({ k8s_reachable: false, k8s_api_latency_ms: null, pending_object_count: 1 });
  });
  test.each([
    [aDeployment('ledger', 'ledger:1'), { health_failing: 1 }],
    [aConfigMap('ledger'), { health_failing: 0 }],
  ])('health is told of what runs pods, the rest is unknown: %#', async (yaml, expected) => {
    const { clock, status } = stage({ health: 'failing' }, yaml);
    clock.advance(140_000);
    expect((await status()).record).toMatchObject(expected);
  });
  test('set inactive, it goes on heartbeating and does no work', async () => {
    const { clock, ask, agent, stack, status } = stage();
    clock.advance(14_000);
    await ask(`PUT /agents/${agent}`, { status: 'INACTIVE' });
    await ask(`POST /stacks/${stack}/deployment-objects`, { yaml_content: aConfigMap('ledger') });
    clock.advance(60_000);
    const { record } = await status();
    expect(record).toMatchObject({ status: 'INACTIVE', pending_object_count: 1 });
    expect(record['heartbeat_age_seconds']).toBeLessThan(10);
  });
  test('a new key silences it: nobody gave it to the agent', async () => {
    const { clock, ask, agent, status } = stage();
    clock.advance(14_000);
    await ask(`POST /agents/${agent}/rotate-pak`);
    clock.advance(300_000);
    expect((await status()).record).toMatchObject({ ws_connected: false });
    expect((await status()).record['heartbeat_age_seconds']).toBeGreaterThan(290);
  });
  test('silenced, its socket stays and its age grows', async () => {
    const { clock, simulator, status } = stage();
    clock.advance(14_000);
    simulator.agents.silence('runner');
    clock.advance(60_000);
    expect((await status()).record).toMatchObject({ ws_connected: true });
    expect((await status()).record['heartbeat_age_seconds']).toBeGreaterThanOrEqual(60);
  });
  test('a stopped simulator leaves no timer behind', () => {
    const { clock, simulator } = stage();
    clock.advance(14_000);
    simulator.stop();
    expect(clock.timers).toBe(0);
  });
});

describe('an ordinary world', () => {
  test('brings up an agent made here, and back one with a new key', async () => {
    const clock = manualClock();
    const simulator = createSimulator({ seed: 1, clock, scenario: 'default', adminPak });
    const send = (method: string, path: string, body?: unknown) =>
      simulator.send({
        method,
        path: `/api/v1${path}`,
        headers: { authorization: adminPak, 'content-type': 'application/json' },
        body: new TextEncoder().encode(JSON.stringify(body)),
      });
    await send('POST', '/agents', { name: 'new', cluster_name: 'lab-1' });
    const { id } = simulator.agents.find('edge-runner@fra-prod-1');
    await send('POST', `/agents/${id}/rotate-pak`);
    clock.advance(20_000);
    expect(simulator.agents.find('new')).toMatchObject({ last_heartbeat: null });
    clock.advance(20_000);
    expect(simulator.agents.find('new')).toMatchObject({ status: 'INACTIVE', k8s_reachable: true });
    const heardAt = Date.parse(simulator.agents.find(id).last_heartbeat ?? '');
    expect(clock.now() - heardAt).toBeLessThan(11_000);
  });
});
