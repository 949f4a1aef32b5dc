import { describe, expect, test } from 'vitest';
import { createSimulator } from './simulator.ts';
import { manualClock } from './testing/manual-clock.ts';
import { differences, emptyShape, learn, operationPath, type Recorded, recorded, type Shape, Stand } from './testing/recordings.ts';

const adminPak = 'brokkr_BRexampl_REDACTEDadminxxxxxxxxxxxxxxxxxxxx';
const files = [
  'generators',
  'agents',
  'stacks',
  'deployment-objects',
  'agent-metadata',
  'agent-events',
  'health',
  'fleet',
  'audit',
  'auth',
  'errors',
  'transport',
  'ui-pak',
];
/** Nouns that the simulator does not have. */
const absent = /\/(work-orders?|work-order-log|webhooks|diagnostics|config)\b|^\/swagger-ui|^\/$/;
const shapes = new Map<string, Shape>();
for (const { request, response } of files.flatMap(recorded)) {
  const key = `${request.method} ${operationPath(request.path)} ${String(response.status)}`;
  shapes.set(key, learn(shapes.get(key) ?? emptyShape(), response.body));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
function bytesOf(body: unknown, type: string | undefined): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  const size = typeof body === 'string' ? /^\((\d+) bytes\)$/.exec(body)?.[1] : undefined;
  if (size !== undefined) return new Uint8Array(Number(size)).fill(32);
  const isBareString = typeof body === 'string' && type === 'application/json' && !body.startsWith('{');
  return encoder.encode(typeof body === 'string' && !isBareString ? body : JSON.stringify(body));
}

function stage(scenario: 'empty' | 'denied') {
  const clock = manualClock();
  const simulator = createSimulator({ seed: 'recordings', clock, scenario, adminPak });
  const stand = new Stand();
  async function ask(method: string, path: string, { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {}) {
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, stand.in(value)]));
    const bytes = bytesOf(body, headers['content-type']);
    const answer = await simulator.send({
      method,
      path: stand.in(path),
      headers: sent,
      body: bytes && encoder.encode(stand.in(decoder.decode(bytes))),
    });
    clock.advance(5);
    const text = decoder.decode(answer.bytes);
    return {
      ...answer,
      body: answer.headers['content-type'] === 'application/json' && text !== '' ? (JSON.parse(text) as unknown) : text || null,
    };
  }
  /** What the recording session did without recording it. */
  const prepare = async (method: string, path: string, body: unknown, there?: unknown) => {
    const answer = await ask(method, path, { headers: { authorization: adminPak, 'content-type': 'application/json' }, body });
    expect(answer.status, `${method} ${path}`).toBeLessThan(300);
    stand.pair(there, answer.body);
  };
  async function replay({ request, response }: Recorded): Promise<void> {
    const here = await ask(request.method, request.path, request);
    expect(here.status).toBe(response.status);
    expect(here.headers).toMatchObject(Object.fromEntries(Object.entries(response.headers).filter(([name]) => name !== 'content-length')));
    if (response.status === 201 || request.path.endsWith('rotate-pak')) stand.pair(response.body, here.body);
    if (typeof response.body === 'string' || response.body === null) return expect(here.body).toBe(response.body);
    if (response.status >= 400)
      return expect(withoutProse(here.body)).toEqual(withoutProse(JSON.parse(stand.in(JSON.stringify(response.body)))));
    if (Array.isArray(response.body)) expect(Array.isArray(here.body) && here.body.length > 0).toBe(response.body.length > 0);
    const known = shapes.get(`${request.method} ${operationPath(request.path)} ${String(response.status)}`) ?? emptyShape();
    expect(differences(learn(emptyShape(), here.body), known)).toEqual([]);
  }
  return { simulator, clock, stand, prepare, replay };
}
/** Two YAML parsers word a syntax error each in its own way. */
const withoutProse = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'message' in body && String(body.message).startsWith('invalid YAML')
    ? { ...body, message: 'invalid YAML' }
    : body;

interface Named {
  id: string;
  name: string;
}
const bodyOf = (file: string, name: string): unknown => recorded(file).find((entry) => entry.name === name)?.response.body;
const idOf = (rows: Named[], name: string) => rows.find((row) => row.name === name)?.id ?? '';

describe('a recording session, replayed in its order', () => {
  const { simulator, clock, stand, prepare, replay } = stage('empty');
  const left = new Map(files.map((file) => [file, recorded(file).filter(({ request }) => !absent.test(request.path))]));
  const play = (file: string, count = Number.POSITIVE_INFINITY) => {
    for (const entry of left.get(file)?.splice(0, count) ?? []) test(`${file}: ${entry.name}`, () => replay(entry));
  };
  const meanwhile = (name: string, step: () => Promise<void> | void) => test(`meanwhile: ${name}`, step);

  const agents = bodyOf('agents', 'list') as (Named & { cluster_name: string; status: string })[];
  const stacks = bodyOf('stacks', 'list') as (Named & { generator_id: string; description: string | null })[];
  const [payments, storefront, platform] = ['payments', 'storefront', 'platform'].map((name) =>
    idOf(bodyOf('generators', 'paks') as Named[], name),
  );
  const systemGenerator = (bodyOf('generators', 'the system generator') as Named).id;

  for (const file of ['generators', 'stacks', 'agents', 'fleet']) play(file, file === 'generators' ? 2 : 1);
  play('generators', 3);
  play('agents', 2);
  const systemOf = async (agentId: string): Promise<string> => {
    const answer = await simulator.send({
      method: 'GET',
      path: stand.in(`/api/v1/agents/${agentId}/registrations`),
      headers: { authorization: adminPak },
    });
    return (JSON.parse(decoder.decode(answer.bytes)) as { generator_id: string }[])[0]?.generator_id ?? '';
  };
  meanwhile('the other agents are made', async () => {
    for (const agent of agents) {
      if (['edge-runner', 'batch-runner'].includes(agent.name) && agent.cluster_name === 'fra-prod-1') continue;
      const consents = { 'lab-1': [platform], 'store-0417': [storefront] }[agent.cluster_name] ?? [payments, storefront];
      const pak = `brokkr_BRexampl_${`REDACTED${agent.name.replaceAll('-', '')}${agent.cluster_name.replaceAll('-', '')}`.padEnd(33, 'x')}`;
      await prepare(
        'POST',
        '/api/v1/agents',
        { name: agent.name, cluster_name: agent.cluster_name, generator_ids: consents },
        { agent: { id: agent.id }, initial_pak: pak },
      );
      if (agent.status === 'ACTIVE') await prepare('PUT', `/api/v1/agents/${agent.id}`, { status: 'ACTIVE' });
    }
    stand.put(systemGenerator, await systemOf(idOf(agents, 'dev')));
  });
  play('stacks', 6);
  meanwhile('the other stacks are made', async () => {
    for (const { id, name, description, generator_id: owner } of stacks) {
      if (['ledger', 'ledger-jobs', 'fraud-scores'].includes(name)) continue;
      await prepare('POST', '/api/v1/stacks', { name, description, generator_id: owner }, { id });
    }
    await prepare('POST', `/api/v1/stacks/${idOf(stacks, 'shop-web')}/labels`, 'env:prod');
  });
  play('deployment-objects', 4);
  meanwhile('other objects are submitted', async () => {
    const known = bodyOf('agent-events', 'full target state after it') as { id: string; stack_id: string }[];
    const shopWeb = known.find((object) => object.stack_id === idOf(stacks, 'shop-web'))?.id;
    const submitted = {
      'shop-web': shopWeb,
      'till-app': '1d976387-fea3-43a1-b32c-b8074df20dfc',
      'shop-cart': 'e027f639-a062-43f5-a990-7589b759246a',
      'kiosk-app': 'b062a376-4f79-42b7-bcca-11e932844a05',
    };
    for (const [name, id] of Object.entries(submitted)) {
      await prepare('POST', `/api/v1/stacks/${idOf(stacks, name)}/deployment-objects`, { yaml_content: 'a: 1' }, { id });
    }
  });
  play('deployment-objects', 1);
  play('agent-metadata', 9);
  meanwhile('agents heartbeat, two of them not', () => {
    for (const { id, name } of agents) {
      if (name === 'kiosk' || name === 'soak') continue;
      simulator.agents.heartbeat(
        stand.in(id),
        name === 'dev' ? {} : { k8s_reachable: name !== 'core', k8s_api_latency_ms: name === 'core' ? null : 9 },
      );
    }
    for (const name of ['core', 'till', 'dev']) simulator.agents.connect(name);
  });
  play('agents', 9);
  play('agent-events');
  play('health', 8);
  play('fleet');
  play('agents');
  play('agent-metadata');
  play('health');
  play('deployment-objects');
  play('auth');
  play('errors');
  play('transport');
  play('stacks', 16);
  play('generators', 1);
  meanwhile('somebody tries a key that is none, and a generator changes itself', async () => {
    await simulator.send({ method: 'GET', path: '/api/v1/stacks', headers: { authorization: 'Bearer brokkr_BRexampl_unknown' } });
    const headers = { authorization: stand.in('brokkr_BRexampl_REDACTEDpaymentsxxxxxxxxxxxxxxxxx') };
    const rotated = await simulator.send({ method: 'POST', path: stand.in(`/api/v1/generators/${payments ?? ''}/rotate-pak`), headers });
    stand.pair({ pak: 'brokkr_BRexampl_REDACTEDpaymentsxxxxxxxxxxxxxxxxx' }, JSON.parse(decoder.decode(rotated.bytes)));
  });
  meanwhile('the audit is flushed', () => clock.advance(1000));
  test('audit: the entries of absent nouns aside, every row has a known shape', async () => {
    const entries = recorded('audit').filter(
      ({ request }) => !/action=(template|workorder|config|webhook)/.test(request.path) && !request.path.includes('resource_id'),
    );
    for (const entry of entries) await replay(entry);
  });
  test('generators: the rest, then what the cascade left', async () => {
    for (const entry of left.get('generators')?.splice(0) ?? []) await replay(entry);
    for (const entry of left.get('stacks')?.splice(0) ?? []) await replay(entry);
  });
  test('nothing recorded of these nouns was left out', () => {
    expect(Object.fromEntries([...left].filter(([file, rest]) => rest.length > 0 && !['audit', 'ui-pak'].includes(file)))).toEqual({});
  });
});

describe('a read-only admin key', () => {
  const { replay, stand } = stage('denied');
  stand.put('brokkr_BRexampl_REDACTEDuixxxxxxxxxxxxxxxxxxxxxxx', adminPak);
  for (const entry of recorded('ui-pak').filter(({ request }) => !absent.test(request.path))) test(entry.name, () => replay(entry));
});
