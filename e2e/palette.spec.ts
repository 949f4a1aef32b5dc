import { aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { createAgentDialog, fleetPage } from './pages/fleet-page.ts';
import { palette } from './pages/palette.ts';
import { shell } from './pages/shell.ts';
import { stackPage } from './pages/stack-page.ts';

const world = {
  generators: [aGenerator({ name: 'payments' })],
  stacks: [aStack({ name: 'ledger', generator: 'payments' }), aStack({ name: 'ingress' })],
  agents: [
    anAgent({ name: 'ledger-runner', clusterName: 'fra-prod-1' }),
    anAgent({ name: 'quiet', clusterName: 'lon-edge-1', heartbeatAgeSeconds: 3_000 }),
  ],
};

test('by keyboard alone one goes to a screen, finds a stack and an agent, and goes back to where one has been', async ({
  page,
  broker,
}) => {
  broker.seed(world);
  const run = palette(page);
  await page.goto('/fleet');
  await expect(shell(page).title).toHaveText('Fleet');
  await run.open();
  await page.keyboard.type('stacks');
  await expect(run.chosen).toHaveAccessibleName(/^Stacks/);
  await page.keyboard.press('Enter');
  await expect(shell(page).title).toHaveText('Stacks');

  await run.open();
  await page.keyboard.type('ledger');
  await expect(run.group('Agents').getByRole('option')).toHaveCount(1);
  await expect(run.group('Stacks').getByRole('option', { name: /ledger.*stack of payments/ })).toBeVisible();
  await page.keyboard.press('ArrowDown'); // the agent is first
  await expect(run.chosen).toHaveAccessibleName(/^ledger.*payments/);
  await page.keyboard.press('Enter');
  await expect(stackPage(page).title).toHaveText('ledger');
  await expect(run.dialog).toBeHidden();

  await run.open();
  await page.keyboard.type('lon-edge');
  await expect(run.option(/quiet.*silent.*lon-edge-1/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(agentPage(page).title).toHaveText('quiet');

  await run.open();
  await expect(run.group('Recent').getByRole('option')).toHaveText([/quiet/, /ledger/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(stackPage(page).title).toHaveText('ledger');
});

test('it does what the role may do, says when nothing has that name, and leaves an open decision alone', async ({
  page,
  broker,
  openAs,
}) => {
  broker.seed(world);
  const run = palette(page);
  await page.goto('/stacks');
  await expect(shell(page).title).toHaveText('Stacks');
  await run.open();
  await page.keyboard.type('no such thing');
  await expect(run.dialog).toContainText('Nothing is called “no such thing”');
  await page.keyboard.press('Escape');
  await expect(run.dialog).toBeHidden();
  await run.open();
  await page.keyboard.type('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await run.open();
  await page.keyboard.type('create agent');
  await page.keyboard.press('Enter');
  await expect(createAgentDialog(page).dialog).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(run.dialog).toBeHidden();

  const viewer = await openAs('viewer');
  await viewer.goto('/fleet');
  await expect(shell(viewer).title).toHaveText('Fleet');
  await palette(viewer).open();
  await viewer.keyboard.type('create');
  await expect(palette(viewer).dialog).toContainText('Nothing is called “create”');
  await palette(viewer).field.fill('audit');
  await expect(palette(viewer).dialog).toContainText('Nothing is called “audit”');
});

test('? lists the shortcuts, but not while one types', async ({ page, broker }) => {
  broker.seed(world);
  await page.goto('/fleet');
  await expect(shell(page).title).toHaveText('Fleet');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeHidden();
  await page.keyboard.press('/');
  await page.keyboard.type('who?');
  await expect(fleetPage(page).search).toHaveValue('who?');
  await expect(page.getByRole('dialog')).toBeHidden();
});
