import type { Page } from '@playwright/test';
import { copiedText } from './clipboard.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { reachPage } from './pages/reach-page.ts';
import { shell } from './pages/shell.ts';
import { stackPage } from './pages/stack-page.ts';
import { stacksPage } from './pages/stacks-page.ts';
import { submitPage } from './pages/submit-page.ts';

/** Counts the clicks of a person, from Fleet on; typing and looking are free. */
async function clicksFromFleet(page: Page): Promise<() => number> {
  let clicks = 0;
  await page.exposeFunction('clicked', () => void (clicks += 1));
  await page.addInitScript(() => {
    const told = globalThis as unknown as { clicked: () => void };
    addEventListener('click', ({ isTrusted }) => isTrusted && told.clicked(), true);
  });
  await page.goto('/fleet');
  await expect(fleetPage(page).rows.first()).toBeVisible();
  return () => clicks;
}
async function openStack(page: Page, name: string): Promise<void> {
  await shell(page).navigation.getByRole('link', { name: 'Stacks' }).click();
  await stacksPage(page).link(name).click();
  await expect(stackPage(page).title).toHaveText(name);
}

test.beforeEach(async ({ broker, console }) => {
  await broker.reset('mid-rollout');
  await console.knowReach();
});

test('which agents are in trouble: 0 clicks; why this one refused: 1', async ({ page }) => {
  const clicks = await clicksFromFleet(page);
  const fleet = fleetPage(page);
  await expect(fleet.rows.first()).toContainText('silent');
  await expect(fleet.row('edge-runner')).toContainText('apply failed');
  expect(clicks()).toBe(0);
  await fleet.link('edge-runner').click();
  await expect(page.getByText('admission webhook denied the request').first()).toBeVisible();
  expect(clicks()).toBe(1);
});

test('which stacks reach an agent, and why: 2 clicks', async ({ page }) => {
  const clicks = await clicksFromFleet(page);
  await fleetPage(page).link('edge-runner').click();
  await agentPage(page).tab('Reached by').click();
  await expect(reachPage(page).row('ledger')).toContainText(/direct target|label tier:gold/);
  expect(clicks()).toBe(2);
});

test('what will happen if a label is removed: 3 clicks', async ({ page }) => {
  const clicks = await clicksFromFleet(page);
  await fleetPage(page).link('ledger-k').click();
  await agentPage(page).tab('Labels').click();
  await page.getByRole('button', { name: 'Remove tier:gold' }).click();
  await expect(page.getByRole('dialog')).toContainText(/no longer reach.*deletes what it applied/);
  expect(clicks()).toBe(3);
});

test('the diff of the bad revision against the last good one: 3 clicks', async ({ page }) => {
  const clicks = await clicksFromFleet(page);
  await openStack(page, 'ledger');
  await stackPage(page).compare.click();
  await expect(page.getByRole('main')).toContainText('images.partner.example/ledger:3.2.0');
  await expect(page.getByRole('main')).toContainText('registry.example.test/ledger:3.1.1');
  expect(clicks()).toBe(3);
});

test('roll back with plan and reason: 4 clicks; who changed this stack last: 2', async ({ page, broker }) => {
  test.slow(); // two walks from Fleet, the second of them through what the first has done
  const clicks = await clicksFromFleet(page);
  await openStack(page, 'ledger');
  await stackPage(page).rollBack.click();
  const submit = submitPage(page);
  await expect(submit.title).toHaveText('Roll back ledger to 4131');
  await expect(submit.changes).toContainText('0 added, 1 changed, 0 removed');
  await expect(submit.reach).toContainText('refused 4182');
  await submit.reason.focus();
  await page.keyboard.type('three clusters refuse the image');
  await expect(submit.send).toHaveAccessibleName(/^Roll back 38 agents to 4131$/);
  await submit.send.click();
  await expect(stackPage(page).stop(4183)).toContainText('current');
  expect(clicks()).toBe(4);
  expect((await broker.revisions(await broker.stackId('ledger')))[0]?.yaml_content).toContain('ledger:3.1.1');

  await page.goto('/fleet');
  const before = clicks();
  await openStack(page, 'ledger');
  await expect(page.getByRole('definition').filter({ hasText: /^admin-\d+ .*roll/ })).toBeVisible();
  expect(clicks() - before).toBe(2);
});

test('a complete error report is copied: 1 click', async ({ page, broker, faults, context }) => {
  faults.expect(502, 503, 504);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const clicks = await clicksFromFleet(page);
  broker.faults.set({ match: 'GET /api/v1/agents/{id}/fleet-status', outcome: { status: 500 } });
  await page.goto(`/fleet/${broker.agents.find('ledger-a').id}`); // a page that cannot be read, as a link to it would open it
  await page
    .getByRole('alert')
    .getByRole('button', { name: /^Copy everything/ })
    .first()
    .click();
  await expect.poll(() => copiedText(page)).toMatch(/broker[\s\S]*rq_[0-9a-f]{16}/);
  expect(clicks()).toBe(1);
});
