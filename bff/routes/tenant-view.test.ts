import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAgents } from '#contract/agents.ts';
import { listAgentGroups, readFleetMap, searchEverything } from '#contract/fleet-views.ts';
import { listStacks } from '#contract/stacks.ts';
import { problemOf, unknownId } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';
import { startWithTenants, type Tenant } from './testing/tenants.ts';

let it: TestConsole;
let ids: Awaited<ReturnType<typeof startWithTenants>>['ids'];
const start = async (options: Parameters<typeof startWithTenants>[0] = {}) => ({ it, ids } = await startWithTenants(options));
afterEach(() => it.stop());
const names = ({ rows }: { rows: { name: string }[] }) => rows.map(({ name }) => name);

describe('the view of one tenant, for whoever sees all', () => {
  beforeEach(() => start());
  const view = (tenant: Tenant, query: Record<string, string> = {}) => ({ query: { ...query, tenant: ids[tenant] } });

  test('shows the agents registered with it, and says how many it leaves out', async () => {
    const page = await it.call(listAgents, view('red'));
    expect(names(page).toSorted()).toEqual(['red-one', 'shared']);
    expect(page).toMatchObject({ total: 2, totalUnfiltered: 2, hiddenByScope: 1 });
    expect(page.facets['cluster']).toEqual([{ value: 'fra-prod-1', count: 2 }]);
    expect(page.limited).toBeUndefined();
  });
  test('counts as hidden only what the filters would have left', async () => {
    expect(await it.call(listAgents, view('red', { q: 'one' }))).toMatchObject({ total: 1, totalUnfiltered: 2, hiddenByScope: 1 });
    expect(await it.call(listAgents, view('red', { q: 'red-' }))).toMatchObject({ total: 1, hiddenByScope: 0 });
  });
  test('shows the stacks it owns', async () => {
    const page = await it.call(listStacks, view('blue'));
    expect(names(page)).toEqual(['blue-bank']);
    expect(page).toMatchObject({ totalUnfiltered: 1, hiddenByScope: 1 });
  });
  test('holds in groups, on the map and in what ⌘K finds', async () => {
    expect(await it.call(listAgentGroups, { query: { by: 'cluster', tenant: ids.blue } })).toMatchObject({ total: 2 });
    expect((await it.call(readFleetMap, view('blue'))).cells.map(([, name]) => name).toSorted()).toEqual(['blue-one', 'shared']);
    const found = await it.call(searchEverything, view('blue', { q: 'red' }));
    expect([names({ rows: found.agents }), found.stacks]).toEqual([['shared'], []]);
    expect(found.hiddenByScope).toBe(2); // an agent and a stack of red
    expect(await it.call(searchEverything, { query: { q: 'red' } })).toMatchObject({ hiddenByScope: 0 });
  });
  test('without it everything is there', async () => {
    expect(await it.call(listAgents)).toMatchObject({ total: 3, hiddenByScope: 0 });
    expect(await it.call(listStacks)).toMatchObject({ total: 2, hiddenByScope: 0 });
  });
  test('follows a registration that was made elsewhere, within the list’s age', async () => {
    await it.call(listAgents, view('red'));
    await it.outside('POST', `/generators/${ids.red}/register`, { json: { agent_id: ids.blueAgent } });
    await it.clock.advance(5_000);
    expect((await it.call(listAgents, view('red'))).total).toBe(3);
  });
  test('costs one small read more, however many look', async () => {
    for (let time = 0; time < 5; time += 1) await it.call(listAgents, view('red'));
    expect(it.upstream()['GET /api/v1/generators/{id}/registered-agents']).toBe(1);
  });
  test('of a generator that is none is not there', async () => {
    expect(await problemOf(it.call(listAgents, { query: { tenant: unknownId } }))).toMatchObject({ code: 'not_found' });
  });
});
