import { afterEach, describe, expect, test } from 'vitest';
import { addAgentTarget, deregisterAgent, listAgentTargets } from '#contract/agent-bonds.ts';
import { listAgents } from '#contract/agents.ts';
import { listAgentGroups } from '#contract/fleet-views.ts';
import { listObjectHealth, listReachedAgents, listReachReasons, readAgentReach, readReachMatrix, readTagReach } from '#contract/reach.ts';
import { listStacks } from '#contract/stacks.ts';
import { aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import type { TestConsole } from './testing/console.ts';
import { rowsOf, startWithIndex, walked } from './testing/reach.ts';

let it: TestConsole;
afterEach(async () => {
  await it.worlds.close();
  it.stop();
});
const start = async (options: Parameters<typeof startWithIndex>[0] = {}) => (it = await startWithIndex(options));
const idOf = async (noun: 'agents' | 'stacks' | 'generators', name: string) =>
  (await rowsOf(it, `/${noun}`)).find((row) => row['name'] === name)?.['id'] ?? '';

/** Every agent's own answer of the broker beside what the console says about it. */
async function expectBrokersOwn() {
  const byStack = new Map<string, string[]>();
  for (const { id = '' } of await rowsOf(it, '/agents')) {
    const own = (await rowsOf(it, `/agents/${id}/stacks`)).map((row) => row['id'] ?? '');
    const told = await it.call(readAgentReach, { params: { agentId: id }, query: { limit: '200' } });
    expect(told.reached.map(({ stackId }) => stackId).toSorted()).toEqual(own.toSorted());
    expect(told.agrees).toBe(true);
    for (const pair of told.reached) expect(pair.reasons).not.toEqual([]);
    for (const stackId of own) byStack.set(stackId, [...(byStack.get(stackId) ?? []), id]);
  }
  for (const { id = '' } of await rowsOf(it, '/stacks')) {
    const page = await it.call(listReachedAgents, { params: { stackId: id }, query: { limit: '200' } });
    expect(page.rows.map(({ agentId }) => agentId).toSorted()).toEqual((byStack.get(id) ?? []).toSorted());
    const stack = (await it.call(listStacks, { query: { limit: '200' } })).rows.find((row) => row.id === id);
    expect(stack?.reached).toBe(byStack.get(id)?.length ?? 0);
  }
}

test('over the made-up broker it is the broker’s own answer for every agent, also a walk after changes made outside the console', async () => {
  await start({ scenario: 'default' });
  await walked(it);
  await expectBrokersOwn();

  const [agent, other] = await rowsOf(it, '/agents');
  const [stack, second] = await rowsOf(it, '/stacks');
  await it.outside('POST', `/agents/${agent?.['id']}/labels`, { json: { agent_id: agent?.['id'], label: 'added:outside' } });
  await it.outside('POST', `/stacks/${stack?.['id']}/labels`, { json: 'added:outside' });
  await it.outside('DELETE', `/stacks/${second?.['id']}`);
  const registered = await rowsOf(it, `/agents/${other?.['id']}/registrations`);
  await it.outside('DELETE', `/generators/${registered.at(-1)?.['generator_id']}/register`, { json: { agent_id: other?.['id'] } });
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
    await walked(it);
    const page = (query: Record<string, string> = {}) =>
      it.call(listReachedAgents, { params: { stackId }, query: { sort: 'name', ...query } });
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
  test('tells of each label and annotation how many agents it reaches, and how many nothing else is known to reach', async () => {
    await start({ scenario: 'empty' });
    it.simulator.seed({
      generators: [aGenerator({ name: 'payments' })],
      stacks: [aStack({ name: 'ledger', generator: 'payments', labels: ['eu', 'gold', 'rare'], annotations: { tier: '1' } })],
      agents: [
        anAgent({ name: 'eu', labels: ['eu'], generators: ['payments'] }),
        anAgent({ name: 'both', labels: ['eu', 'gold'], generators: ['payments'] }),
        anAgent({ name: 'all', labels: ['gold', 'eu'], annotations: { tier: '1' }, generators: ['payments'] }),
        anAgent({ name: 'targeted', labels: ['gold'], generators: ['payments'], targets: ['ledger'] }),
        anAgent({ name: 'tiered', annotations: { tier: '1' }, generators: ['payments'] }),
        anAgent({ name: 'other tier', annotations: { tier: '2' }, generators: ['payments'] }),
        anAgent({ name: 'without consent', labels: ['rare'] }),
      ],
    });
    const params = { stackId: await idOf('stacks', 'ledger') };
    await walked(it);
    expect(await it.call(readTagReach, { params })).toMatchObject({
      labels: [
        { label: 'eu', agents: 3, alone: 1 },
        { label: 'gold', agents: 3, alone: 1 }, // the walk reads no targets
        { label: 'rare', agents: 0, alone: 0 },
      ],
      annotations: [{ key: 'tier', value: '1', agents: 2, alone: 1 }],
      coverage: { known: 7, total: 7 },
    });
    await it.call(readAgentReach, { params: { agentId: await idOf('agents', 'targeted') } });
    expect((await it.call(readTagReach, { params })).labels[1]).toEqual({ label: 'gold', agents: 3, alone: 0 });
    await expect(it.call(readTagReach, { params: { stackId: '3f0c9a7e-0000-4000-8000-00000000dead' } })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
  test('is nearly reached where only consent is missing', async () => {
    const stackId = await world();
    await walked(it);
    const told = await it.call(readAgentReach, { params: { agentId: await idOf('agents', 'c') } });
    expect(told).toMatchObject({
      reached: [],
      nearly: [{ stackId, name: 'ledger', shares: [{ by: 'label', label: 'eu' }] }],
      agrees: true,
    });
  });
  test('shows the console’s own changes at once', async () => {
    const stackId = await world();
    await walked(it);
    const reached = async () =>
      (await it.call(listReachedAgents, { params: { stackId }, query: { sort: 'name' } })).rows.map(({ name }) => name);
    const agentId = await idOf('agents', 'c');
    const generatorId = await idOf('generators', 'payments');
    await it.outside('POST', `/generators/${generatorId}/register`, { json: { agent_id: agentId } });
    await it.call(addAgentTarget, { params: { agentId }, body: { stackId } });
    await it.clock.advance(200);
    expect(await reached()).toEqual(['a', 'b', 'c']);
    expect((await it.call(listAgentTargets, { params: { agentId } })).rows).toMatchObject([{ stackId }]);
    await it.call(deregisterAgent, { params: { agentId }, body: { generatorId } });
    await it.clock.advance(200);
    expect(await reached()).toEqual(['a', 'b']);
  });
});

describe('costs', () => {
  async function fleet() {
    await start({ scenario: 'empty' });
    it.simulator.seed({
      generators: [aGenerator({ name: 'payments' })],
      stacks: Array.from({ length: 40 }, (_, n) =>
        aStack({ name: `stack-${n}`, generator: 'payments', labels: ['eu'], revisions: ['a: 1'] }),
      ),
      agents: Array.from({ length: 30 }, (_, n) => anAgent({ name: `agent-${n}`, labels: ['eu'], generators: ['payments'] })),
    });
    await walked(it);
    it.worlds.walk(false);
    await it.clock.advance(60_000);
  }
  const since = (before: Record<string, number>) =>
    Object.values(it.upstream()).reduce((sum, count) => sum + count, 0) - Object.values(before).reduce((sum, count) => sum + count, 0);
  async function minuteOf(tabs: number) {
    await fleet();
    const stackId = await idOf('stacks', 'stack-0');
    const agentId = await idOf('agents', 'agent-0');
    const before = { ...it.upstream() };
    for (let second = 0; second < 60; second += 10) {
      await it.clock.until(
        Promise.all(
          Array.from({ length: tabs }, () => [
            it.call(readReachMatrix, { params: { stackId } }),
            it.call(listObjectHealth, { params: { stackId } }),
            it.call(listReachedAgents, { params: { stackId }, query: {} }),
            it.call(readAgentReach, { params: { agentId } }),
            it.call(listAgents, { query: { filter: 'label:eu' } }),
            it.call(listAgentGroups, { query: { by: 'label:eu' } }),
          ]).flat(),
        ),
      );
      await it.clock.advance(10_000);
    }
    const cost = since(before);
    await it.worlds.close();
    it.stop();
    return cost;
  }
  test('the broker the same for one tab and for fifty', async () => {
    expect(await minuteOf(50)).toBe(await minuteOf(1));
  }, 60_000);
  test('a bounded number of requests for an agent that many stacks reach', async () => {
    await fleet();
    const before = { ...it.upstream() };
    const agentId = await idOf('agents', 'agent-0');
    const params = { agentId };
    const first = await it.clock.until(it.call(readAgentReach, { params }));
    expect(first).toMatchObject({
      total: 40,
      reached: Array.from({ length: 25 }, () => ({ current: expect.anything(), state: 'pending' })),
    });
    expect(since(before)).toBeLessThanOrEqual(70);
    const next = await it.clock.until(it.call(readAgentReach, { params, query: { offset: '25' } }));
    expect(next.reached.map(({ state }) => state)).toEqual(Array.from({ length: 15 }, () => 'pending'));
    expect(since(before)).toBeLessThanOrEqual(100);
    const names = [...first.reached, ...next.reached].map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(40);
  });
  test('ten requests for the reasons of all stacks that reach an agent', async () => {
    await fleet();
    const before = { ...it.upstream() };
    const { stacks, coverage } = await it.clock.until(it.call(listReachReasons, { params: { agentId: await idOf('agents', 'agent-0') } }));
    expect(stacks.map(({ reasons }) => reasons.length)).toEqual(Array.from({ length: 40 }, () => 1));
    expect(stacks.map(({ name }) => name)).toEqual(stacks.map(({ name }) => name).toSorted());
    expect(coverage).toMatchObject({ known: 40, total: 40 });
    expect(since(before)).toBeLessThanOrEqual(10);
  });
});

test('a thread of lists that was replaced costs nobody an answer: what it had is read again', async () => {
  await start({ scenario: 'default' });
  await walked(it);
  const { rows: stacks } = await it.call(listStacks, { query: { sort: '-reached' } });
  const params = { stackId: stacks[0]?.id ?? '' };
  const states = async () =>
    (await it.call(listAgents, { query: { limit: '200', sort: 'name' } })).rows.map(({ name, state }) => [name, state]);
  const before = { states: await states(), reached: (await it.call(readReachMatrix, { params })).reached };
  expect(before.states.map(([, state]) => state)).toContain('active');
  await it.snapshotHost.ask('drop', { owner: 'service' });
  expect({ reached: (await it.call(readReachMatrix, { params })).reached, states: await states() }).toEqual(before);
});
