import { afterEach, describe, expect, test } from 'vitest';
import { reachIndexes } from '#bff/reach/indexes.ts';
import { createMemoryReachStore } from '#bff/reach/memory-store.ts';
import { addAgentTarget, deregisterAgent, listAgentTargets } from '#contract/agent-bonds.ts';
import { listReachedAgents, readAgentReach } from '#contract/reach.ts';
import { listStacks } from '#contract/stacks.ts';
import { aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(async () => {
  await it.worlds.close();
  it.stop();
});
const start = async (options: Parameters<typeof startTestConsole>[0] = {}) =>
  (it = await startTestConsole({ reachOf: reachIndexes({ store: createMemoryReachStore() }), ...options }));

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${it.adminPak}`, 'content-type': 'application/json' };
  const answer = await it.simulator.send({ method, path: `/api/v1${path}`, headers, ...(body !== undefined && { body: new TextEncoder().encode(JSON.stringify(body)) }) });
  const text = new TextDecoder().decode(answer.bytes);
  return text === '' ? null : JSON.parse(text);
}
const rows = async (path: string) => (await ask('GET', path)) as Record<string, string>[];
const idOf = async (noun: 'agents' | 'stacks' | 'generators', name: string) => (await rows(`/${noun}`)).find((row) => row['name'] === name)?.['id'] ?? '';
/** Lets the index read everything that there is. */
async function walked() {
  await it.call(listStacks);
  const coverage = async () => (await it.call(listStacks)).coverage;
  for (let turns = 0; turns < 100; turns += 1) {
    await it.clock.advance(1_000);
    const told = await coverage();
    if (told !== undefined && told.total > 0 && told.known === told.total) return;
  }
  throw new Error(`never walked: ${JSON.stringify(await coverage())}`);
}

/** Every agent's own answer of the broker beside what the console says about it. */
async function expectBrokersOwn() {
  const byStack = new Map<string, string[]>();
  for (const { id = '' } of await rows('/agents')) {
    const own = (await rows(`/agents/${id}/stacks`)).map((row) => row['id'] ?? '');
    const told = await it.call(readAgentReach, { params: { agentId: id } });
    expect(told.reached.map(({ stackId }) => stackId).toSorted()).toEqual(own.toSorted());
    expect(told.agrees).toBe(true);
    for (const pair of told.reached) expect(pair.reasons).not.toEqual([]);
    for (const stackId of own) byStack.set(stackId, [...(byStack.get(stackId) ?? []), id]);
  }
  for (const { id = '' } of await rows('/stacks')) {
    const page = await it.call(listReachedAgents, { params: { stackId: id }, query: { limit: '200' } });
    expect(page.rows.map(({ agentId }) => agentId).toSorted()).toEqual((byStack.get(id) ?? []).toSorted());
    const stack = (await it.call(listStacks, { query: { limit: '200' } })).rows.find((row) => row.id === id);
    expect(stack?.reached).toBe(byStack.get(id)?.length ?? 0);
  }
}

test('over the made-up broker it is the broker’s own answer for every agent, also a walk after changes made outside the console', async () => {
  await start({ scenario: 'default' });
  await walked();
  await expectBrokersOwn();

  const [agent, other] = await rows('/agents');
  const [stack, second] = await rows('/stacks');
  await ask('POST', `/agents/${agent?.['id']}/labels`, { agent_id: agent?.['id'], label: 'added:outside' });
  await ask('POST', `/stacks/${stack?.['id']}/labels`, 'added:outside');
  await ask('DELETE', `/stacks/${second?.['id']}`);
  const registered = await rows(`/agents/${other?.['id']}/registrations`);
  await ask('DELETE', `/generators/${registered.at(-1)?.['generator_id']}/register`, { agent_id: other?.['id'] });
  await it.clock.advance(180_000);
  await expectBrokersOwn();
}, 60_000);

describe('a stack', () => {
  async function world() {
    await start({ scenario: 'empty' });
    it.simulator.seed({
      generators: [aGenerator({ name: 'payments' })],
      stacks: [aStack({ name: 'ledger', generator: 'payments', labels: ['eu'] })],
      agents: [
        anAgent({ name: 'a', clusterName: 'fra', labels: ['eu'], generators: ['payments'] }),
        anAgent({ name: 'b', clusterName: 'fra', targets: ['ledger'] }),
        anAgent({ name: 'c', clusterName: 'ams', labels: ['eu'] }),
      ],
    });
    return idOf('stacks', 'ledger');
  }
  test('names the agents it reaches with their reasons, and finds them by reason', async () => {
    const stackId = await world();
    await walked();
    const page = (query: Record<string, string> = {}) => it.call(listReachedAgents, { params: { stackId }, query: { sort: 'name', ...query } });
    expect((await page()).rows).toMatchObject([
      { name: 'a', clusterName: 'fra', reasons: [{ by: 'label', label: 'eu' }] },
      { name: 'b', reasons: [{ by: 'target' }] },
    ]);
    const names = async (filter: string) => (await page({ filter })).rows.map(({ name }) => name);
    expect(await names('by:target')).toEqual(['b']);
    expect(await names('by:label,annotation')).toEqual(['a']);
    expect(await names('by:!target')).toEqual(['a']);
    expect(await names('cluster:ams')).toEqual([]);
  });
  test('is nearly reached where only consent is missing', async () => {
    const stackId = await world();
    await walked();
    const told = await it.call(readAgentReach, { params: { agentId: await idOf('agents', 'c') } });
    expect(told).toMatchObject({ reached: [], nearly: [{ stackId, name: 'ledger', shares: [{ by: 'label', label: 'eu' }] }], agrees: true });
  });
  test('shows the console’s own changes at once', async () => {
    const stackId = await world();
    await walked();
    const reached = async () => (await it.call(listReachedAgents, { params: { stackId }, query: { sort: 'name' } })).rows.map(({ name }) => name);
    const agentId = await idOf('agents', 'c');
    const generatorId = await idOf('generators', 'payments');
    await ask('POST', `/generators/${generatorId}/register`, { agent_id: agentId });
    await it.call(addAgentTarget, { params: { agentId }, body: { stackId } });
    await it.clock.advance(200);
    expect(await reached()).toEqual(['a', 'b', 'c']);
    expect((await it.call(listAgentTargets, { params: { agentId } })).rows).toMatchObject([{ stackId }]);
    await it.call(deregisterAgent, { params: { agentId }, body: { generatorId } });
    await it.clock.advance(200);
    expect(await reached()).toEqual(['a', 'b']);
  });
});
