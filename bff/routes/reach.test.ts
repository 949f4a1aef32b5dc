import { afterEach, describe, expect, test } from 'vitest';
import { reachIndexes } from '#bff/reach/indexes.ts';
import { createMemoryReachStore } from '#bff/reach/memory-store.ts';
import { addAgentTarget, deregisterAgent, listAgentTargets } from '#contract/agent-bonds.ts';
import { listAgents } from '#contract/agents.ts';
import { listAgentGroups } from '#contract/fleet-views.ts';
import { SendFailure } from '#contract/ports.ts';
import { listReachedAgents, listReachReasons, readAgentReach, readReachMatrix, readTagReach } from '#contract/reach.ts';
import { listStackFacts, listStacks } from '#contract/stacks.ts';
import { aDeployment, aGenerator, aHealthRecord, anAgent, anEvent, aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(async () => {
  await it.worlds.close();
  it.stop();
});
const start = async (options: Parameters<typeof startTestConsole>[0] = {}) =>
  (it = await startTestConsole({ reachOf: reachIndexes({ store: createMemoryReachStore() }), ...options }));

const rows = async (path: string) => JSON.parse((await it.outside('GET', path)).text) as Record<string, string>[];
const idOf = async (noun: 'agents' | 'stacks' | 'generators', name: string) =>
  (await rows(`/${noun}`)).find((row) => row['name'] === name)?.['id'] ?? '';
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
    const told = await it.call(readAgentReach, { params: { agentId: id }, query: { limit: '200' } });
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
  await it.outside('POST', `/agents/${agent?.['id']}/labels`, { json: { agent_id: agent?.['id'], label: 'added:outside' } });
  await it.outside('POST', `/stacks/${stack?.['id']}/labels`, { json: 'added:outside' });
  await it.outside('DELETE', `/stacks/${second?.['id']}`);
  const registered = await rows(`/agents/${other?.['id']}/registrations`);
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
    await walked();
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
    await walked();
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
    await walked();
    const told = await it.call(readAgentReach, { params: { agentId: await idOf('agents', 'c') } });
    expect(told).toMatchObject({
      reached: [],
      nearly: [{ stackId, name: 'ledger', shares: [{ by: 'label', label: 'eu' }] }],
      agrees: true,
    });
  });
  test('shows the console’s own changes at once', async () => {
    const stackId = await world();
    await walked();
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

describe('what agents made of the current revision', () => {
  const withoutEvents: TestConsole['send']['instead'] = (request) =>
    request.path.endsWith('/agent-events') ? Promise.reject(new SendFailure('connect', false)) : it.through(request);
  async function rollout(instead?: TestConsole['send']['instead']) {
    await start({ scenario: 'empty' });
    it.send.instead = instead;
    it.simulator.seed({
      generators: [aGenerator({ name: 'payments' })],
      stacks: [aStack({ name: 'ledger', generator: 'payments', labels: ['eu'], revisions: ['a: 1', aDeployment('ledger', 'ledger:2')] })],
      agents: ['applied', 'unhealthy', 'refused', 'waiting', 'unproven'].map((name) =>
        anAgent({ name, clusterName: name === 'refused' ? 'ams' : 'fra', labels: ['eu'], generators: ['payments'] }),
      ),
      events: [
        ...['applied', 'unhealthy', 'unproven'].map((agent) => anEvent({ agent, stack: 'ledger' })),
        anEvent({ agent: 'refused', stack: 'ledger', status: 'FAILURE', message: 'admission webhook denied the request' }),
      ],
      health: [
        aHealthRecord({ agent: 'applied', stack: 'ledger' }),
        aHealthRecord({ agent: 'unhealthy', stack: 'ledger', status: 'degraded', condition: 'CrashLoopBackOff' }),
      ],
    });
    await walked();
    return idOf('stacks', 'ledger');
  }
  test('stands in the matrix by cluster and cause, and applied alone is never healthy', async () => {
    const stackId = await rollout();
    const matrix = await it.call(readReachMatrix, { params: { stackId } });
    expect(matrix).toMatchObject({
      reached: 5,
      all: { failed: 1, failing: 0, degraded: 1, silent: 0, stale: 0, pending: 1, unconfirmed: 1, healthy: 1 },
      clusters: [
        { name: 'ams', reached: 1, counts: { failed: 1 } },
        { name: 'fra', reached: 4 },
      ],
      coverage: { known: 5, total: 5 },
      healthAgeMs: expect.any(Number),
      eventsAgeMs: expect.any(Number),
    });
    expect(matrix.causes.map(({ state, cause, agents, first }) => [state, cause, agents, first.map(({ name }) => name)])).toEqual([
      ['failed', 'admission webhook denied the request', 1, ['refused']],
      ['degraded', 'CrashLoopBackOff', 1, ['unhealthy']],
      ['pending', null, 1, ['waiting']],
      ['unconfirmed', null, 1, ['unproven']],
    ]);
  });
  test('is the same in the list, the roll-up of the stack and the agent’s own page', async () => {
    const stackId = await rollout();
    const { rows: agents } = await it.call(listReachedAgents, { params: { stackId }, query: {} });
    expect(agents.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'refused failed',
      'unhealthy degraded',
      'waiting pending',
      'unproven unconfirmed',
      'applied healthy',
    ]);
    expect(
      (await it.call(listReachedAgents, { params: { stackId }, query: { filter: 'state:failed,pending', q: 'wait' } })).rows.map(
        ({ name }) => name,
      ),
    ).toEqual(['waiting']);
    const [facts] = (await it.call(listStackFacts, { query: { stacks: stackId } })).rows;
    expect(facts?.rollUp).toMatchObject({ failed: 1, degraded: 1, pending: 1, unconfirmed: 1, healthy: 1 });
    const told = await it.call(readAgentReach, { params: { agentId: await idOf('agents', 'unhealthy') } });
    expect(told.reached).toMatchObject([
      {
        name: 'ledger',
        state: 'degraded',
        current: { sequence: expect.any(Number) },
        answer: { status: 'SUCCESS' },
        health: { conditions: ['CrashLoopBackOff'] },
      },
    ]);
  });
  test('is called healthy by nobody while the health records cannot be read', async () => {
    const stackId = await rollout();
    await it.clock.advance(60_000);
    it.send.instead = (request) =>
      request.path.endsWith('/health') ? Promise.reject(new SendFailure('connect', false)) : it.through(request);
    const matrix = await it.clock.until(it.call(readReachMatrix, { params: { stackId } }));
    expect(matrix).toMatchObject({ healthAgeMs: null, all: { healthy: 0, degraded: 0, unconfirmed: 3 } });
    expect(await it.clock.until(it.call(listReachedAgents, { params: { stackId } }))).toMatchObject({ healthAgeMs: null });
    expect((await it.clock.until(it.call(listStackFacts, { query: { stacks: stackId } }))).rows[0]?.rollUp).toBeNull();
    const told = await it.clock.until(it.call(readAgentReach, { params: { agentId: await idOf('agents', 'applied') } }));
    expect(told.reached).toMatchObject([{ state: null, health: null, answer: { status: 'SUCCESS' } }]);
  });
  test('says how old the answers of agents are, which are read less often, and goes on saying so while they cannot be read', async () => {
    const stackId = await rollout();
    it.worlds.walk(false);
    const matrix = () => it.clock.until(it.call(readReachMatrix, { params: { stackId } }), 10);
    await it.clock.advance(60_000);
    await matrix(); // and so it is watched
    await it.clock.advance(20_000);
    const { eventsAgeMs, healthAgeMs } = await matrix();
    expect([eventsAgeMs, healthAgeMs].every((age) => age !== null && age >= 19_000 && age <= 30_000)).toBe(true);
    expect(await it.clock.until(it.call(readAgentReach, { params: { agentId: await idOf('agents', 'applied') } }))).toMatchObject({
      eventsAgeMs: expect.any(Number),
    });
    it.send.instead = (request) =>
      request.path.endsWith('/agent-events') ? Promise.reject(new SendFailure('connect', false)) : it.through(request);
    await it.clock.advance(60_000);
    const { all, eventsAgeMs: later } = await matrix();
    expect(later).toBeGreaterThanOrEqual(79_000);
    expect(all).toMatchObject({ failed: 1 }); // a refusal stands until a newer word is known
  });
  test('is not asked for again by every tab while the health records cannot be read', async () => {
    const stackId = await rollout();
    it.worlds.walk(false);
    await it.clock.advance(60_000);
    const asked: string[] = [];
    it.send.instead = async (request) => {
      if (!request.path.endsWith('/health')) return it.through(request);
      asked.push(request.path);
      return { status: 200, headers: {}, bytes: new TextEncoder().encode('{}') };
    };
    const tabs = Array.from({ length: 50 }, () => () => it.call(readReachMatrix, { params: { stackId } }));
    for (const tab of tabs) {
      expect(await it.clock.until(tab())).toMatchObject({ healthAgeMs: null });
      await it.clock.advance(200);
    }
    expect(asked.length).toBeLessThanOrEqual(3); // in more than ten seconds
  });
  test('stands while their events cannot be read again: who refused is not pending for that', async () => {
    const stackId = await rollout();
    await it.call(readReachMatrix, { params: { stackId } });
    it.send.instead = withoutEvents;
    await it.clock.advance(60_000);
    const matrix = await it.clock.until(it.call(readReachMatrix, { params: { stackId } }));
    expect(matrix.all).toMatchObject({ failed: 1, pending: 1 });
  });
  test('is not told before their events could be read once: nobody is called pending instead', async () => {
    const stackId = await rollout(withoutEvents);
    expect(await problemOf(it.clock.until(it.call(readReachMatrix, { params: { stackId } })))).toMatchObject({
      code: 'broker_unreachable',
    });
    expect((await it.clock.until(it.call(listStackFacts, { query: { stacks: stackId } }))).rows[0]?.rollUp).toBeNull();
    const told = await it.clock.until(it.call(readAgentReach, { params: { agentId: await idOf('agents', 'refused') } }));
    expect(told.reached).toMatchObject([{ state: null, answer: null }]);
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
    await walked();
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
  await walked();
  const { rows: stacks } = await it.call(listStacks, { query: { sort: '-reached' } });
  const params = { stackId: stacks[0]?.id ?? '' };
  const states = async () =>
    (await it.call(listAgents, { query: { limit: '200', sort: 'name' } })).rows.map(({ name, state }) => [name, state]);
  const before = { states: await states(), reached: (await it.call(readReachMatrix, { params })).reached };
  expect(before.states.map(([, state]) => state)).toContain('active');
  await it.snapshotHost.ask('drop', { owner: 'service' });
  expect({ reached: (await it.call(readReachMatrix, { params })).reached, states: await states() }).toEqual(before);
});
