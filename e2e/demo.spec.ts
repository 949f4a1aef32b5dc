import { expect, test as base } from '@playwright/test';
import { type Command, runCommand } from './command.ts';
import { watchContext, type Faults } from './faults.ts';
import { agentPage } from './pages/agent-page.ts';
import { createAgentDialog, fleetPage, keyDialog } from './pages/fleet-page.ts';
import { shell } from './pages/shell.ts';
import { signInPage } from './pages/sign-in-page.ts';

const test = base.extend<{ faults: Faults }, { demo: Command }>({
  demo: [
    async ({}, use) => {
      const command = await runCommand(['run', 'demo'], { PORT: '0' });
      await use(command);
      await command.end();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: ({ demo }, use) => use(demo.address),
  faults: [
    async ({ context }, use) => {
      const faults = watchContext(context);
      await use(faults);
      faults.assertNone();
    },
    { auto: true },
  ],
});
test.slow();

test('the demo says what it is, runs without its host, keeps its world and starts it over', async ({ page, context }) => {
  await page.goto('/');
  await expect(page.getByText('Demo in this browser')).toBeVisible();
  await signInPage(page).exploreAs('admin').click();
  const fleet = fleetPage(page);
  await expect(fleet.rows.nth(25)).toBeVisible();
  await expect(page.getByText('This is a demo')).toBeVisible();
  expect(new URL(page.url()).hash).toBe('#/fleet');

  const outside: string[] = [];
  await shell(page).navigation.getByRole('link', { name: 'Audit' }).click(); // its screens are loaded before the line is cut
  await expect(shell(page).title).toHaveText('Audit');
  await shell(page).navigation.getByRole('link', { name: 'Fleet' }).click();
  await expect(shell(page).title).toHaveText('Fleet');
  await fleet.create.click();
  page.on('requestfailed', (request) => outside.push(request.url()));
  await context.setOffline(true);
  await createAgentDialog(page).fill('made-here', 'lab-9');
  await createAgentDialog(page).submit.click();
  await expect(keyDialog(page).dialog).toBeVisible();
  await context.setOffline(false);
  await keyDialog(page).done.click();
  await page.getByRole('button', { name: 'Close without the key' }).click();
  await expect(agentPage(page).title).toHaveText('made-here');
  expect(outside).toEqual([]);

  await page.reload();
  await expect(agentPage(page).title).toHaveText('made-here');
  await expect(shell(page).person).toHaveAccessibleName(/admin/);
  await agentPage(page).tab('History').click();
  await expect(agentPage(page).rowWith('created the agent')).toBeVisible();

  await shell(page).choose('Start the demo over');
  await expect(signInPage(page).exploreAs('viewer')).toBeVisible();
  await signInPage(page).exploreAs('viewer').click();
  await expect(fleet.rows.nth(25)).toBeVisible();
  await page.goto('/#/fleet?q=made-here');
  await expect(page.getByText('No agent matches')).toBeVisible();
});

test('its roles are the console’s own: what a viewer may not, the demo refuses', async ({ page }) => {
  await page.goto('/?scenario=empty');
  await signInPage(page).exploreAs('viewer').click();
  await expect(page.getByText('An admin creates the first one.')).toBeVisible();
  const status = await page.evaluate(() =>
    fetch('/api/agents', { method: 'POST', headers: { 'content-type': 'application/json', 'x-console': 'action' }, body: '{}' }).then(
      (response) => response.status,
    ),
  );
  expect(status).toBe(403);
});

test('a second tab says where the demo runs and takes it over with all that was done', async ({ page, context }) => {
  await page.goto('/?scenario=empty');
  await signInPage(page).exploreAs('admin').click();
  await fleetPage(page).create.first().click();
  await createAgentDialog(page).fill('from-the-first-tab', 'lab-9');
  await createAgentDialog(page).submit.click();
  await expect(keyDialog(page).dialog).toBeVisible();

  const second = await context.newPage();
  await second.goto('/?scenario=empty');
  await expect(second.getByRole('heading', { name: 'The demo runs in another tab' })).toBeVisible();
  await second.getByRole('button', { name: 'Take it over' }).click();
  await expect(fleetPage(second).row('from-the-first-tab')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The demo went on in another tab' })).toBeVisible();
});

test('a scenario that does not exist is told with those that do', async ({ page }) => {
  await page.goto('/?scenario=nonsense');
  await expect(page.getByRole('heading', { name: /no scenario/ })).toBeVisible();
  await expect(page.getByText('cluster-down')).toBeVisible();
});
