import { expect, test } from 'vitest';
import { listAgents } from '#contract/agents.ts';
import { listStacks } from '#contract/stacks.ts';
import { startTestConsole } from '#bff/routes/testing/console.ts';

test('a list whose thread was replaced is read again for whoever asks next, names included', async () => {
  const it = await startTestConsole();
  const [agents, stacks] = [await it.call(listAgents), await it.call(listStacks)];
  await it.snapshotHost.ask('drop', { owner: 'service' });
  expect((await it.call(listAgents)).total).toBe(agents.total);
  expect((await it.call(listStacks)).rows).toEqual(stacks.rows);
  expect(it.upstream()).toMatchObject({ 'GET /api/v1/fleet': 2, 'GET /api/v1/stacks': 2, 'GET /api/v1/generators': 2 });
  it.stop();
});
test('a credential that nobody used for a quarter of an hour gives its lists back; the service’s stay', async () => {
  const it = await startTestConsole({ scenario: 'empty' });
  await it.call(listAgents);
  await it.call(listAgents, { credential: 'admin:one' });
  await it.clock.advance(16 * 60_000);
  await it.call(listAgents);
  const page = (owner: string) => it.snapshotHost.ask('rows', { owner, list: 'agents', ids: [], nowMs: 0 });
  expect([await page('admin:one'), await page('service')]).toEqual([null, []]);
  it.stop();
});
