import { describe, expect, test } from 'vitest';
import { aConfigMap, aDeployment, anAgent, aStack } from './builders.ts';
import { aLife, type Traits } from './life.ts';
import { createSimulator } from './simulator.ts';
import { manualClock } from './testing/manual-clock.ts';
import { aService } from './yaml-samples.ts';

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

describe('what a cluster makes of a manifest', () => {
  const strict = { registries: ['registry.example.test'] };
  const submitted = async (told: ReturnType<typeof stage>, yaml: string) => {
    told.clock.advance(14_000);
    const { id } = (await told.ask(`POST /stacks/${told.stack}/deployment-objects`, { yaml_content: yaml })) as { id: string };
    told.clock.advance(8_000);
    const health = (await told.ask(`GET /deployment-objects/${id}/health`)) as {
      overall_status: string;
      health_records: { summary: string }[];
    };
    const [event] = (await told.status()).recent_events as { status: string; message: string | null; deployment_object_id: string }[];
    expect(event?.deployment_object_id).toBe(id);
    return { event, health, summary: health.health_records.map(({ summary }) => JSON.parse(summary) as Record<string, unknown>)[0] };
  };
  test.each([
    [
      'an image from elsewhere is refused where only some registries are admitted',
      'images.partner.example/a:1',
      strict,
      'admission webhook denied the request: image registry not allowed',
    ],
    ['so is one that names no registry', 'ledger:2', strict, 'admission webhook denied the request: image registry not allowed'],
    ['an admitted one is taken', 'registry.example.test/a:1', strict, null],
    ['without a rule each is taken', 'images.partner.example/a:1', {}, null],
  ])('%s', async (_name, image, traits, message) => {
    const { event, health } = await submitted(stage(traits), aDeployment('ledger', image));
    expect(event).toMatchObject({ status: message === null ? 'SUCCESS' : 'FAILURE', message });
    expect(health.overall_status).toBe(message === null ? 'healthy' : 'unknown');
  });
  test('what is no object of Kubernetes is refused everywhere', async () => {
    const { event } = await submitted(stage(), 'a: 1');
    expect(event).toMatchObject({ status: 'FAILURE', message: 'failed to parse the manifest: missing field `apiVersion`' });
  });
  test('health comes seconds after applying, with the pods of the manifest', async () => {
    const { summary } = await submitted(stage(), aDeployment('ledger', 'ledger:2', 3));
    expect(summary).toMatchObject({
      pods_ready: 3,
      pods_total: 3,
      conditions: [],
      resources: Array.from({ length: 3 }, () => ({ kind: 'Pod', namespace: 'ledger', ready: true })),
    });
  });
  test('an image of a registry that never resolves is not pulled', async () => {
    const { health, summary } = await submitted(stage(), aDeployment('ledger', 'registry.invalid/ledger:2'));
    expect(health.overall_status).toBe('degraded');
    expect(summary).toMatchObject({
      pods_ready: 1,
      conditions: ['ImagePullBackOff'],
      resources: [{ ready: false, message: 'Back-off pulling image "registry.invalid/ledger:2"' }, { ready: true }],
    });
  });
  test('trouble lasts as long as the manifest mentions its cause', async () => {
    const told = stage({ trouble: { mentions: 'ledger:2', status: 'failing', condition: 'PodFailed' } });
    expect((await submitted(told, aDeployment('ledger', 'ledger:2'))).health.overall_status).toBe('failing');
    expect((await submitted(told, aDeployment('ledger', 'ledger:1'))).health.overall_status).toBe('healthy');
  });
  test('an empty marker is applied and leaves nothing to look after', async () => {
    const told = stage();
    told.clock.advance(14_000);
    const { id } = (await told.ask(`POST /stacks/${told.stack}/deployment-objects`, { yaml_content: '', is_deletion_marker: true })) as {
      id: string;
    };
    told.clock.advance(90_000);
    expect((await told.status()).recent_events[0]).toMatchObject({ status: 'SUCCESS', deployment_object_id: id });
    expect(await told.ask(`GET /deployment-objects/${id}/health`)).toMatchObject({ health_records: [] });
  });
  test('pods that come up, and those that are not well, are told of; logs where the pods ask for it', async () => {
    const yaml = aService({ name: 'ledger', namespace: 'payments', image: 'registry.invalid/ledger:2', streamsLogs: true });
    const told = stage();
    await submitted(told, yaml);
    told.clock.advance(120_000);
    const { events } = (await told.ask(`GET /stacks/${told.stack}/events`)) as { events: { reason: string }[] };
    expect(new Set(events.map(({ reason }) => reason))).toEqual(new Set(['Scheduled', 'Pulled', 'Started', 'Failed']));
    const { lines } = (await told.ask(`GET /stacks/${told.stack}/logs`)) as { lines: { namespace: string }[] };
    expect(lines.length).toBeGreaterThan(2);
    expect(lines[0]).toMatchObject({ namespace: 'payments', container: 'ledger' });
  });
});

describe('the many that heartbeat by arithmetic', () => {
  const many = (name: string, clusterName: string, change = {}) =>
    anAgent({ name, clusterName, labels: ['role:till'], generators: ['retail'], pulse: { everySeconds: 10 }, ...change });
  test('answer a revision within half a minute, each by its cluster’s rules, and look at it each minute', async () => {
    const clock = manualClock();
    const simulator = createSimulator({ seed: 1, clock, scenario: 'mid-rollout', adminPak });
    const { stacks } = simulator.seed({
      stacks: [aStack({ name: 'till', generator: 'retail', labels: ['role:till'] })],
      agents: [
        ...Array.from({ length: 30 }, (_, index) => many(`till-${String(index)}`, 'ams-store-001')),
        many('strict', 'lon-store-001'),
        many('stranger', 'ams-store-001', { generators: [] }),
        many('gone', 'ams-store-001', { heartbeatAgeSeconds: 900, pulse: undefined }),
      ],
    });
    const ask = async (method: string, path: string, body?: unknown) => {
      const answer = await simulator.send({
        method,
        path: `/api/v1${path}`,
        headers: { authorization: adminPak, 'content-type': 'application/json' },
        body: new TextEncoder().encode(JSON.stringify(body)),
      });
      return JSON.parse(decoder.decode(answer.bytes)) as unknown;
    };
    const { id } = (await ask('POST', `/stacks/${stacks[0]?.id ?? ''}/deployment-objects`, {
      yaml_content: aDeployment('till', 'images.partner.example/till:2'),
    })) as { id: string };
    const answers = async () =>
      ((await ask('GET', '/agent-events')) as { deployment_object_id: string; status: string }[]).filter(
        (event) => event.deployment_object_id === id,
      );
    clock.advance(11_000);
    const some = (await answers()).length;
    clock.advance(25_000);
    const all = await answers();
    expect(some).toBeGreaterThan(3);
    expect(some).toBeLessThan(25);
    expect(all.filter(({ status }) => status === 'FAILURE')).toHaveLength(1);
    expect(all.length).toBeGreaterThan(27);
    clock.advance(600_000);
    const { health_records: records } = (await ask('GET', `/deployment-objects/${id}/health`)) as {
      health_records: { checked_at: string }[];
    };
    expect(records.length).toBe(all.length - 1);
    for (const { checked_at: at } of records) expect(clock.now() - Date.parse(at)).toBeLessThan(75_000);
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
