import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { type Command, runCommand } from './command.ts';
import { watchContext } from './faults.ts';
import { agentPage } from './pages/agent-page.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { shell } from './pages/shell.ts';
import { signInPage } from './pages/sign-in-page.ts';

/** `npm start` as it is typed, but for its port and the place of its data. */
const test = base.extend<{ started: Command }>({
  started: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'console-start-'));
    const command = await runCommand(['start'], { PORT: '0', DATABASE_URL: `sqlite:${join(folder, 'simulated.db')}` });
    await use(command);
    expect(await command.end()).toBe(0);
    rmSync(folder, { recursive: true });
  },
});

test('npm start serves a lively fleet that anybody may explore, and ends when told to', async ({ page, started, context }) => {
  test.slow();
  expect(started.printed()).toContain('Explore as viewer');
  const faults = watchContext(context);
  await page.goto(started.address);
  await signInPage(page).exploreAs('viewer').click();
  const fleet = fleetPage(page);
  await expect(fleet.rows.nth(25)).toBeVisible();
  await expect(shell(page).person).toHaveAccessibleName(/viewer/);
  await expect(fleet.create).toHaveAccessibleDescription(/takes an admin/);

  await shell(page).choose('Operator');
  await expect(shell(page).person).toHaveAccessibleName(/operator/);
  await fleet.filter('state', 'inactive');
  await fleet.rows.first().getByRole('link').first().click();
  await agentPage(page).activate.click();
  await expect(agentPage(page).deactivate).toBeVisible();
  faults.assertNone();
});
