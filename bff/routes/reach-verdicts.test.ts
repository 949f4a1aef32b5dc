import { afterEach, describe, expect, test } from 'vitest';
import { SendFailure } from '#contract/ports.ts';
import { listObjectHealth, listReachedAgents, objectFilter, readAgentReach, readReachMatrix } from '#contract/reach.ts';
import { listStackFacts } from '#contract/stacks.ts';
import { aDeployment, aGenerator, aHealthRecord, anAgent, anEvent, aStack } from '#simulator/builders.ts';
import { problemOf } from './testing/console.ts';
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
    await walked(it);
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
  test('is told object by object over all agents, and each count leads to the agents behind it', async () => {
    const stackId = await rollout();
    const { objects, ...told } = await it.call(listObjectHealth, { params: { stackId } });
    expect(told).toMatchObject({
      total: 1,
      reached: 5,
      recorded: 2,
      cut: 0,
      coverage: { known: 5, total: 5 },
      healthAgeMs: expect.any(Number),
    });
    expect(objects).toMatchObject([{ kind: 'Pod', namespace: 'ledger', name: 'ledger-…', counts: { not_ready: 1, old: 0, ready: 1 } }]);
    const [object] = objects;
    if (object === undefined) throw new Error('no object');
    const names = async (state: 'not_ready' | 'ready', negated = '') => {
      const filter = `object:${negated}${encodeURIComponent(objectFilter(state, object))}`;
      return (await it.call(listReachedAgents, { params: { stackId }, query: { filter, sort: 'name' } })).rows.map(({ name }) => name);
    };
    expect(await names('not_ready')).toEqual(['unhealthy']);
    expect(await names('ready')).toEqual(['applied']);
    expect(await names('ready', '!')).toEqual(['refused', 'unhealthy', 'unproven', 'waiting']);
  });
  test('is said of no object while the health records cannot be read, nor of a revision that nobody submitted', async () => {
    const stackId = await rollout();
    await it.clock.advance(60_000);
    it.send.instead = (request) =>
      request.path.endsWith('/health') ? Promise.reject(new SendFailure('connect', false)) : it.through(request);
    expect(await it.clock.until(it.call(listObjectHealth, { params: { stackId } }))).toMatchObject({
      objects: [],
      reached: 5,
      recorded: 0,
      healthAgeMs: null,
    });
    await it.outside('POST', '/stacks', { json: { name: 'empty', generator_id: await idOf('generators', 'payments') } });
    const params = { stackId: await idOf('stacks', 'empty') };
    expect(await it.clock.until(it.call(listObjectHealth, { params }))).toMatchObject({ objects: [], reached: 0 });
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
