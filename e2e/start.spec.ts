import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { watchContext } from './faults.ts';
import { agentPage } from './pages/agent-page.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { shell } from './pages/shell.ts';
import { signInPage } from './pages/sign-in-page.ts';

/** `npm start` as it is typed, but for its port and the place of its data. */
const test = base.extend<{ address: string }>({
  address: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'console-start-'));
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', DATABASE_URL: `sqlite:${join(folder, 'simulated.db')}` };
    const child = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const exited = once(child, 'exit');
    let printed = '';
    const { promise: address, resolve } = Promise.withResolvers<string>();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [found] = /http:\/\/127\.0\.0\.1:\d+(?=\n)/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    await use(await Promise.race([address, exited.then(() => Promise.reject(new Error(`npm start ended early:\n${printed}`)))]));
    expect(printed).toContain('Explore as viewer');
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    const [code] = (await exited) as [number | null];
    expect(code).toBe(0);
    rmSync(folder, { recursive: true });
  },
});

test('npm start serves a lively fleet that anybody may explore, and ends when told to', async ({ page, address, context }) => {
  test.slow();
  const faults = watchContext(context);
  await page.goto(address);
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
