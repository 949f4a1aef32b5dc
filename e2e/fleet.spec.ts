import { anAgent } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { createAgentDialog, fleetPage } from './pages/fleet-page.ts';
import { agentPage } from './pages/agent-page.ts';
import { shell } from './pages/shell.ts';

const many = Array.from({ length: 130 }, (_, index) =>
  anAgent({
    name: `runner-${String(index + 1).padStart(3, '0')}`,
    clusterName: index % 2 === 0 ? 'fra-prod-1' : 'ams-prod-1',
    status: index % 10 === 0 ? 'INACTIVE' : 'ACTIVE',
  }),
);

test('paging, sort, filter and search are the address, and Back walks through them', async ({ page, broker }) => {
  broker.seed({ agents: many });
  const fleet = fleetPage(page);
  await fleet.goto('?limit=25&sort=name');
  await expect(fleet.rows).toHaveCount(25);
  await expect(fleet.rows.first()).toHaveAccessibleName('runner-001');

  await fleet.nextPage.click();
  await expect(fleet.rows.first()).toHaveAccessibleName('runner-026');
  await expect(page).toHaveURL(/offset=25/);
  await fleet.sortBy('Agent');
  await expect(fleet.column('Agent')).toHaveAttribute('aria-sort', 'descending');
  await expect(fleet.rows.first()).toHaveAccessibleName('runner-130');
  await fleet.filter('cluster', 'ams-prod-1');
  await expect(fleet.pager).toContainText('of 65');
  await expect(page).toHaveURL(/filter=cluster%3Aams-prod-1|filter=cluster:ams-prod-1/);
  await fleet.search.fill('runner-00');
  await expect(fleet.rows).toHaveCount(4);
  const shared = page.url();

  await page.goBack();
  await expect(fleet.pager).toContainText('of 65');
  await page.goBack();
  await expect(fleet.pager).toContainText('of 130');
  await page.goBack();
  await expect(fleet.rows.first()).toHaveAccessibleName('runner-026');
  await page.goto(shared);
  await expect(fleet.rows).toHaveCount(4);
  await expect(fleet.search).toHaveValue('runner-00');
});

test('the page size is kept in the address and the last page says that it is the last', async ({ page, broker }) => {
  broker.seed({ agents: many });
  const fleet = fleetPage(page);
  await fleet.goto('?sort=name');
  await expect(fleet.rows).toHaveCount(50);
  await fleet.pageSize.selectOption('100');
  await expect(fleet.rows).toHaveCount(100);
  await expect(page).toHaveURL(/limit=100/);
  await fleet.nextPage.click();
  await expect(fleet.rows).toHaveCount(30);
  await expect(fleet.nextPage).toHaveAttribute('aria-disabled', 'true');
  await expect(fleet.nextPage).toHaveAccessibleDescription(/last/i);
});

test('an empty fleet offers the next step, a filter that leaves nothing offers to clear it', async ({ page, broker, openAs }) => {
  const fleet = fleetPage(page);
  await fleet.goto();
  await expect(page.getByText('No agents yet')).toBeVisible();
  await expect(fleet.create.last()).toBeVisible();
  const viewer = await openAs('viewer');
  await viewer.goto('/fleet');
  await expect(viewer.getByText('An admin creates the first one.')).toBeVisible();

  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await fleet.goto('?q=nothing-like-this');
  await expect(page.getByText('No agent matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(fleet.row('edge-runner')).toBeVisible();
});

test('the worst comes first, and each state has its own word', async ({ page, broker }) => {
  broker.seed({
    agents: [
      anAgent({ name: 'well' }),
      anAgent({ name: 'quiet', heartbeatAgeSeconds: 3_000 }),
      anAgent({ name: 'late', heartbeatAgeSeconds: 200 }),
      anAgent({ name: 'off', status: 'INACTIVE' }),
      anAgent({ name: 'unheard', heartbeatAgeSeconds: null, k8s: null }),
      anAgent({ name: 'cut-off', k8s: { isReachable: false, latencyMs: null } }),
    ],
  });
  const fleet = fleetPage(page);
  await fleet.goto();
  await expect(fleet.rows).toHaveCount(6);
  const names = await fleet.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));
  expect(names).toEqual(['quiet', 'late', 'cut-off', 'unheard', 'off', 'well']);
  for (const [name, word] of [
    ['quiet', 'silent'],
    ['late', 'stale'],
    ['cut-off', 'unreachable'],
    ['unheard', 'never reported'],
    ['off', 'inactive'],
    ['well', 'active'],
  ] as const) {
    await expect(fleet.row(name).getByText(word, { exact: true }).first()).toBeVisible();
  }
});

test('one’s own change is in the list at once', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' }), anAgent({ name: 'batch-runner' })] });
  const fleet = fleetPage(page);
  await fleet.goto();
  await fleet.link('edge-runner').click();
  const agent = agentPage(page);
  await agent.act('edge-runner', 'Rename…');
  const dialog = agent.dialog('Rename edge-runner');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('edge-renamed');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(agent.title).toHaveText('edge-renamed');
  await shell(page).navigation.getByRole('link', { name: 'Fleet' }).click();
  await expect(fleet.row('edge-renamed')).toBeVisible();
  await expect(fleet.row('edge-runner')).toBeHidden();
});

test('a list is walked, opened and left by keyboard alone', async ({ page, broker }) => {
  broker.seed({ agents: ['alpha', 'beta', 'gamma'].map((name) => anAgent({ name })) });
  const fleet = fleetPage(page);
  await fleet.goto('?sort=name');
  await expect(fleet.rows).toHaveCount(3);
  await page.keyboard.press('/');
  await expect(fleet.search).toBeFocused();
  await fleet.link('alpha').focus();
  await page.keyboard.press('ArrowDown');
  await expect(fleet.link('beta')).toBeFocused();
  await page.keyboard.press('End');
  await expect(fleet.link('gamma')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(agentPage(page).title).toHaveText('gamma');
  await expect(agentPage(page).title).toBeFocused();
});

test('on a phone the same facts stand on two lines and lead to the agent', async ({ page, broker }) => {
  await page.setViewportSize({ width: 375, height: 812 });
  broker.seed({
    agents: [anAgent({ name: 'edge-runner', clusterName: 'fra-prod-2' }), anAgent({ name: 'quiet', heartbeatAgeSeconds: 3_000 })],
  });
  await page.goto('/fleet');
  const list = page.getByRole('list', { name: 'Fleet' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list.getByRole('listitem', { name: 'quiet' })).toContainText('silent');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  await list.getByRole('listitem', { name: 'quiet' }).getByRole('link').click();
  await expect(agentPage(page).title).toHaveText('quiet');
});

test('the page reads again every ten seconds while it is seen, and never while it is hidden', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await page.clock.install();
  const fleet = fleetPage(page);
  await fleet.goto();
  await expect(fleet.row('edge-runner')).toBeVisible();
  broker.seed({ agents: [anAgent({ name: 'late-comer' })] });
  await page.clock.runFor(10_500);
  await expect(fleet.row('late-comer')).toBeVisible();

  const asked: string[] = [];
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  page.on('request', (request) => asked.push(request.url()));
  await page.clock.runFor(60_000);
  expect(asked.filter((url) => url.includes('/api/agents'))).toEqual([]);
});

test('a name that is taken is said beside the field and what was typed stays, also through Back', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner', clusterName: 'fra-prod-1' })] });
  const fleet = fleetPage(page);
  await fleet.goto();
  await fleet.create.click();
  const dialog = createAgentDialog(page);
  await dialog.fill('edge-runner', 'fra-prod-1');
  await dialog.submit.click();
  await expect(dialog.name).toHaveAccessibleErrorMessage(/taken|already/i);
  await expect(dialog.name).toHaveValue('edge-runner');
  await expect(shell(page).notifications.getByText(/not created/i)).toBeHidden();
  await page.goBack();
  await expect(dialog.dialog).toBeHidden();
  await page.goForward();
  await expect(dialog.name).toHaveValue('edge-runner');
  await expect(dialog.cluster).toHaveValue('fra-prod-1');
});
