import { afterEach, expect, test } from 'vitest';
import { reachIndexes } from '#bff/reach/indexes.ts';
import { createMemoryReachStore } from '#bff/reach/memory-store.ts';
import { addAgentLabel, readAgentLabels } from '#contract/agent-tags.ts';
import { agentStates, listAgents } from '#contract/agents.ts';
import { listAgentGroups, readFleetMap, searchEverything } from '#contract/fleet-views.ts';
import { aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import type { AgentSeed } from '#simulator/builders.ts';
import { startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(async () => {
  await it.worlds.close();
  it.stop();
});
async function start(agents: readonly AgentSeed[], isWalking = true) {
  it = await startTestConsole({ scenario: 'empty', reachOf: reachIndexes({ store: createMemoryReachStore() }) });
  it.worlds.walk(isWalking);
  it.simulator.seed({
    generators: [aGenerator({ name: 'payments' })],
    stacks: [aStack({ name: 'ledger-eu', generator: 'payments' })],
    agents,
  });
  await it.call(listAgents);
  await it.clock.advance(5_000);
}
const groups = (query: Record<string, string | string[]>) => it.call(listAgentGroups, { query: { by: 'cluster', ...query } });
const names = async (query: Record<string, string | string[]>) =>
  (await it.call(listAgents, { query: { sort: 'name', ...query } })).rows.map(({ name }) => name);

const few = [
  anAgent({ name: 'a', clusterName: 'fra', labels: ['region:eu', 'tier:gold'] }),
  anAgent({ name: 'b', clusterName: 'fra', labels: ['region=eu', 'region:us'] }),
  anAgent({ name: 'c', clusterName: 'ams', heartbeatAgeSeconds: 3_600 }),
];

test('the fleet stands in bands by cluster, the worst first, counted over all that the filters leave', async () => {
  await start(few);
  expect(await groups({})).toMatchObject({
    total: 3,
    coverage: null,
    groups: [
      { key: 'ams', agents: 1, tally: { silent: 1 } },
      { key: 'fra', agents: 2, tally: { active: 2 } },
    ],
  });
  expect(await groups({ filter: 'state:active', q: 'A' })).toMatchObject({ total: 2, groups: [{ key: 'fra', agents: 2 }] });
});
test('by a label an agent stands in the band of each of its values, or of none', async () => {
  await start(few);
  const told = await groups({ by: 'label:region' });
  expect(told.groups.map(({ key, agents }) => [key, agents])).toEqual([
    ['', 1],
    ['eu', 2],
    ['us', 1],
  ]);
  expect(told).toMatchObject({ total: 3, coverage: { known: 3, total: 3 } });
});
test('agents are found by label, and the page says how much is known', async () => {
  await start(few);
  expect(await names({ filter: 'label:region%3Aeu,region%3Deu' })).toEqual(['a', 'b']);
  expect(await names({ filter: ['label:region%3Aeu,region%3Deu', 'label:!tier%3Agold'] })).toEqual(['b']);
  expect((await it.call(listAgents, { query: { filter: 'label:x' } })).coverage).toMatchObject({ known: 3, total: 3 });
  expect((await it.call(listAgents)).coverage).toBeUndefined();
});
test('a label that the console gives is found at once', async () => {
  await start(few);
  const agentId = (await it.call(listAgents, { query: { q: 'c' } })).rows.find(({ name }) => name === 'c')?.id ?? '';
  const { etag } = await it.call(readAgentLabels, { params: { agentId } });
  await it.call(addAgentLabel, { params: { agentId }, body: { label: 'new' }, etag });
  await it.clock.advance(200);
  expect(await names({ filter: 'label:new' })).toEqual(['c']);
});
test('a thread of rows that was replaced is told again what the index knows', async () => {
  await start(few);
  await it.snapshotHost.ask('drop', { owner: 'service' });
  expect(await names({ filter: 'label:tier%3Agold' })).toEqual(['a']);
});
test('what an earlier index told the thread of rows counts no more', async () => {
  await start(few);
  const stranger = { id: '00000000-0000-4000-8000-000000000001', number: 0, labels: ['ghost'] };
  await it.snapshotHost.ask('knowAgents', { owner: 'service', agents: [stranger], gone: [], anew: false });
  expect(await names({ filter: 'label:tier%3Agold' })).toEqual(['a']);
  expect(await it.snapshotHost.ask('knowAgents', { owner: 'service', agents: [], gone: [], anew: false })).toBe(3);
});
test('what was not read yet is not found, and that is said', async () => {
  await start(few, false);
  const page = await it.call(listAgents, { query: { filter: 'label:region%3Aeu' } });
  expect(page).toMatchObject({ total: 0, coverage: { known: 0 } });
});
test('a map shows each agent by cluster and name', async () => {
  await start(few);
  const map = await it.call(readFleetMap);
  expect(map).toMatchObject({ clusters: ['ams', 'fra'], total: 3, beyond: 0 });
  expect(map.cells.map(([, name, cluster, state]) => [name, map.clusters[cluster], agentStates[state]])).toEqual([
    ['c', 'ams', 'silent'],
    ['a', 'fra', 'active'],
    ['b', 'fra', 'active'],
  ]);
});
test('a map that would be too large shows the worst, and says how many it leaves out', async () => {
  await start(
    [...Array.from({ length: 5_100 }, (_, n) => anAgent({ name: `agent-${n}` })), anAgent({ name: 'zz', heartbeatAgeSeconds: 3_600 })],
    false,
  );
  const map = await it.call(readFleetMap);
  expect(map).toMatchObject({ total: 5_101, beyond: 101 });
  expect(map.cells.some(([, name]) => name === 'zz')).toBe(true);
});
test('a search finds agents and stacks by name, cluster and id, whole names first', async () => {
  await start([
    anAgent({ name: 'my-ledger', clusterName: 'x' }),
    anAgent({ name: 'ledger-2', clusterName: 'x' }),
    anAgent({ name: 'ledger', clusterName: 'x' }),
    anAgent({ name: 'other', clusterName: 'the-ledger' }),
  ]);
  const found = await it.call(searchEverything, { query: { q: 'Ledger' } });
  expect(found.agents.map(({ name }) => name)).toEqual(['ledger', 'ledger-2', 'my-ledger', 'other']);
  expect(found.stacks).toMatchObject([{ name: 'ledger-eu', generatorName: 'payments' }]);
  const [first] = found.agents;
  expect((await it.call(searchEverything, { query: { q: first?.id ?? '' } })).agents).toEqual([first]);
});
test('a search answers at most eight of each', async () => {
  await start(Array.from({ length: 20 }, (_, n) => anAgent({ name: `agent-${n}` })));
  expect((await it.call(searchEverything, { query: { q: 'agent' } })).agents).toHaveLength(8);
});
