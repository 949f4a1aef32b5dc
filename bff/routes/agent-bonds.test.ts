import { afterEach, expect, test } from 'vitest';
import {
  addAgentTarget,
  deregisterAgent,
  listAgentRegistrations,
  listAgentTargets,
  registerAgent,
  removeAgentTarget,
} from '#contract/agent-bonds.ts';
import { listGenerators } from '#contract/generators.ts';
import { listStacks } from '#contract/stacks.ts';
import { aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole, unknownId } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(() => it.stop());
async function start() {
  it = await startTestConsole({ scenario: 'empty' });
  const { generators, stacks } = it.simulator.seed({
    generators: [aGenerator({ name: 'payments' }), aGenerator({ name: 'shop' })],
    stacks: [
      aStack({ name: 'ledger', generator: 'payments' }),
      aStack({ name: 'cards', generator: 'payments' }),
      aStack({ name: 'web', generator: 'shop' }),
    ],
    agents: [anAgent({ name: 'edge', targets: ['ledger'] })],
  });
  const idOf = (name: string) => [...generators, ...stacks].find((row) => row.name === name)?.id ?? '';
  const agentId = it.simulator.agents.find('edge').id;
  return { agentId, params: { agentId }, idOf };
}

test('targets carry the names of their stacks and generators, in a fixed number of reads', async () => {
  const { params } = await start();
  expect((await it.call(listAgentTargets, { params })).rows).toMatchObject([{ stackName: 'ledger', generatorName: 'payments' }]);
  expect(it.upstream()).toEqual({
    'GET /api/v1/agents/{id}/targets': 1,
    'GET /api/v1/agents/{id}': 1,
    'GET /api/v1/agents/{id}/fleet-status': 1,
    'GET /api/v1/stacks': 1,
    'GET /api/v1/generators': 1,
  });
});
test('a target is added and removed, each shown at once', async () => {
  const { params, idOf } = await start();
  const added = await it.call(addAgentTarget, { params, body: { stackId: idOf('cards') }, as: 'operator' });
  expect(new Set(added.rows.map(({ stackName }) => stackName))).toEqual(new Set(['cards', 'ledger']));
  expect(await it.newestRow()).toMatchObject({
    type: 'agent.target.added',
    resource: { name: 'edge' },
    after: { stackName: 'cards', generatorName: 'payments' },
  });
  const removed = await it.call(removeAgentTarget, { params, body: { stackId: idOf('ledger') } });
  expect(removed.rows.map(({ stackName }) => stackName)).toEqual(['cards']);
  expect(await it.newestRow()).toMatchObject({ type: 'agent.target.removed', before: { stackName: 'ledger' } });
});
test('without consent a stack cannot be targeted, by nobody', async () => {
  const { params, idOf } = await start();
  expect(await problemOf(it.call(addAgentTarget, { params, body: { stackId: idOf('web') } }))).toMatchObject({
    code: 'conflict',
    status: 409,
    upstream: { status: 403, code: 'agent_not_registered' },
    errors: [{ path: 'stackId', code: 'not_registered' }],
  });
});
test.each([
  ['an unknown stack', unknownId, 'not_found', 'unknown'],
  ['a stack that is a target already', 'ledger', 'conflict', 'taken'],
])('%s is refused beside the field', async (_name, stack, code, fieldCode) => {
  const { params, idOf } = await start();
  expect(await problemOf(it.call(addAgentTarget, { params, body: { stackId: stack === unknownId ? stack : idOf(stack) } }))).toMatchObject({
    code,
    errors: [{ path: 'stackId', code: fieldCode }],
  });
});

test('registrations name the system generator and count the targets that would go with each', async () => {
  const { params, idOf } = await start();
  expect((await it.call(listAgentRegistrations, { params })).rows).toMatchObject([
    { generatorName: '__system__', isSystem: true, targets: 0 },
    { generatorId: idOf('payments'), generatorName: 'payments', isSystem: false, targets: 1 },
  ]);
});
test('the system generator is asked for once, whoever looks', async () => {
  const { params } = await start();
  for (let look = 0; look < 5; look += 1) {
    await it.call(listAgentRegistrations, { params });
    await it.clock.advance(10_000);
  }
  expect(it.upstream()['GET /api/v1/generators/{id}']).toBe(1);
});
test('an agent is registered, then deregistered with the targets that go with it', async () => {
  const { params, idOf } = await start();
  const registered = await it.call(registerAgent, { params, body: { generatorId: idOf('shop') } });
  expect(registered.rows.map(({ generatorName }) => generatorName)).toContain('shop');
  expect(await it.newestRow()).toMatchObject({ type: 'agent.registered', after: { generatorName: 'shop' } });
  const left = await it.call(deregisterAgent, { params, body: { generatorId: idOf('payments') } });
  expect(left.rows.map(({ generatorName }) => generatorName)).toEqual(['__system__', 'shop']);
  expect((await it.call(listAgentTargets, { params })).rows).toEqual([]);
  expect(await it.newestRow()).toMatchObject({
    type: 'agent.deregistered',
    before: { generatorName: 'payments', targets: [{ stackName: 'ledger' }] },
  });
});
test('registering twice is refused, and so is ending what was not there, though the broker would say 204', async () => {
  const { params, idOf } = await start();
  expect(await problemOf(it.call(registerAgent, { params, body: { generatorId: idOf('payments') } }))).toMatchObject({
    code: 'conflict',
    errors: [{ path: 'generatorId' }],
  });
  expect(await problemOf(it.call(deregisterAgent, { params, body: { generatorId: idOf('shop') } }))).toMatchObject({ code: 'not_found' });
  expect(it.upstream()['DELETE /api/v1/generators/{id}/register']).toBeUndefined();
});
test.each([listAgentTargets, listAgentRegistrations])('$id of an unknown agent is 404', async (endpoint) => {
  await start();
  expect(await problemOf(it.call(endpoint, { params: { agentId: unknownId } }))).toMatchObject({ code: 'not_found' });
});

test('stacks and generators are shared lists with search and sort', async () => {
  const { idOf } = await start();
  expect((await it.call(listStacks, { query: { sort: 'name' } })).rows.map(({ name, generatorName }) => [name, generatorName])).toEqual([
    ['cards', 'payments'],
    ['ledger', 'payments'],
    ['web', 'shop'],
  ]);
  expect((await it.call(listStacks, { query: { q: 'SHOP' } })).rows.map(({ name }) => name)).toEqual(['web']);
  expect((await it.call(listStacks, { query: { filter: `generator:!${idOf('payments')}` } })).total).toBe(1);
  expect((await it.call(listStacks, { query: { sort: '-generator' } })).rows.map(({ name }) => name)[0]).toBe('web');
  const { rows } = await it.call(listGenerators, { query: { sort: 'name' } });
  expect(rows.map(({ name }) => name)).toEqual(['admin-generator', 'payments', 'shop']);
  expect(it.upstream()).toEqual({ 'GET /api/v1/stacks': 1, 'GET /api/v1/generators': 1 });
});
test.each([
  [
    'GET /api/v1/agents/{id}/targets',
    'POST /api/v1/agents/{id}/targets',
    async (params: { agentId: string }, idOf: (name: string) => string) =>
      (await it.call(addAgentTarget, { params, body: { stackId: idOf('cards') } })).rows.map(({ stackName }) => stackName),
  ],
  [
    'GET /api/v1/agents/{id}/registrations',
    'POST /api/v1/generators/{id}/register',
    async (params: { agentId: string }, idOf: (name: string) => string) =>
      (await it.call(registerAgent, { params, body: { generatorId: idOf('shop') } })).rows.map(({ generatorName }) => generatorName),
  ],
] as const)('a change that is done counts as done though %s fails after it', async (read, change, make) => {
  const { params, idOf } = await start();
  it.simulator.faults.set({ match: (_request, operation) => operation === read && it.upstream()[change] === 1, outcome: { status: 500 } });
  const names = await it.clock.until(make(params, idOf));
  expect(names).toContain(read.endsWith('targets') ? 'cards' : 'shop');
  expect(await it.newestRow()).toMatchObject({ outcome: 'success' });
});
