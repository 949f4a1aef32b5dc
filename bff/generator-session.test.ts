import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { listen } from '#simulator/port/listen.ts';
import type { Port } from '#simulator/port/listen.ts';
import { systemClock } from '#simulator/port/system-clock.ts';
import { createSimulator } from '#simulator/simulator.ts';
import type { Simulator } from '#simulator/simulator.ts';
import { adminPak, runConsole, type WholeConsole } from './testing/run-console.ts';

const redPak = 'brokkr_BRtstred_9DrnSwYy5Jo3cVgZx8LeQt2MhAbFkW4uR';
let broker: Simulator;
let port: Port;
let served: WholeConsole;
let ids: { red: string; agent: string; foreign: string };
beforeAll(async () => {
  broker = createSimulator({ seed: 'tenant', clock: systemClock, scenario: 'empty', adminPak });
  const { generators, agents } = broker.seed({
    generators: [aGenerator({ name: 'red', pak: redPak }), aGenerator({ name: 'blue' })],
    stacks: [aStack({ name: 'red-shop', generator: 'red' }), aStack({ name: 'blue-bank', generator: 'blue' })],
    agents: [anAgent({ name: 'red-one', generators: ['red'] }), anAgent({ name: 'blue-one', generators: ['blue'], clusterName: 'lab' })],
  });
  ids = { red: generators[0]?.id ?? '', agent: agents[0]?.id ?? '', foreign: agents[1]?.id ?? '' };
  port = await listen(broker, { port: 0 });
  served = await runConsole(port.url);
});
afterAll(async () => {
  await served.close();
  await port.stop();
  broker.stop();
});
const names = (answer: { json: () => unknown }) => (answer.json() as { rows: { name: string }[] }).rows.map(({ name }) => name);

describe('a person who signs in with a generator’s key', () => {
  let session: Record<string, string>;
  beforeAll(async () => {
    session = await served.signIn(redPak);
  });
  const get = (path: string) => served.ask(path, { headers: session });

  test('is that tenant’s operator, and is told what the key cannot have', async () => {
    expect((await get('/api/session')).json()).toMatchObject({
      person: { id: `pak:${ids.red}:tester`, role: 'operator', verified: false },
      tenant: ids.red,
      refusals: { 'GET /api/agents/:agentId': { needs: 'admin', why: 'key_cannot_read' } },
    });
  });
  test('sees its own world, from the real worker of the lists', async () => {
    expect(names(await get('/api/agents'))).toEqual(['red-one']);
    expect((await get('/api/agents')).json()).toMatchObject({ limited: 'key_cannot_read', rows: [{ pendingObjects: null }] });
    expect(names(await get('/api/stacks'))).toEqual(['red-shop']);
    expect((await get(`/api/agents/${ids.agent}`)).problem()).toMatchObject({ status: 403, code: 'key_cannot_read' });
    expect((await get(`/api/agents/${ids.foreign}`)).problem()).toMatchObject({ status: 404, code: 'not_found' });
  });
  test('is not told how everybody’s agents are', async () => {
    const componentsOf = async (headers: Record<string, string>) =>
      ((await served.ask('/api/health', { headers })).json() as { components: { component: string }[] }).components.map(
        ({ component }) => component,
      );
    expect(await componentsOf(await served.signIn())).toContain('agents');
    expect(await componentsOf(session)).toEqual(['broker', 'database', 'disk', 'audit']);
  });
  test('is out when the key is rotated; who comes with the new key is in', async () => {
    const rotated = await fetch(`${port.url}/api/v1/generators/${ids.red}/rotate-pak`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminPak}` },
    });
    const { pak } = (await rotated.json()) as { pak: string };
    const fresh = await served.signIn(pak);
    await get('/api/stacks'); // the broker refuses the old key: what was last known is shown once more, as that
    expect((await get('/api/session')).json()).toMatchObject({ signedIn: false });
    expect(names(await served.ask('/api/stacks', { headers: fresh }))).toEqual(['red-shop']);
  });
});

test('the health of a running console is measured, its broker named', async () => {
  const health = (await served.ask('/api/health', { headers: await served.signIn() })).json();
  expect(health).toMatchObject({
    overall: 'ok',
    brokerVersion: '0.9.1',
    stepMs: 30_000,
    components: [
      { component: 'broker', status: 'ok', lastError: null },
      {},
      {},
      {},
      { component: 'agents', message: '2 of 2 agents are heard within their rhythm' },
    ],
  });
});
