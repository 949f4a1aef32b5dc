import { anAgent } from '#simulator/builders.ts';
import { expect, test as base } from '@playwright/test';
import { type RunningConsole, startConsole } from './console.ts';
import { signInAs } from './fixtures.ts';
import { fleetPage } from './pages/fleet-page.ts';

/** A console under the product's own rule of freshness. */
const test = base.extend<{ running: RunningConsole }>({
  running: [
    async ({}, use) => {
      const running = await startConsole({ snapshotMinMs: 5_000 });
      await use(running);
      await running.close();
    },
    { timeout: 60_000 },
  ],
});

test('six tabs of three people cost the broker what one costs', async ({ browser, running }) => {
  test.slow();
  const { broker, url } = running;
  broker.seed({
    agents: Array.from({ length: 60 }, (_, index) => anAgent({ name: `runner-${String(index + 10)}`, labels: ['region:fra'] })),
  });
  const contexts = await Promise.all(
    (['viewer', 'operator', 'admin'] as const).map(async (role) => {
      const context = await browser.newContext({ baseURL: url, viewport: { width: 1600, height: 900 } });
      await signInAs(context, running, role);
      return context;
    }),
  );
  const open = async (index: number) => {
    const page = await contexts[index % 3]?.newPage();
    if (page === undefined) throw new Error('no context');
    await page.goto('/fleet?sort=name');
    await expect(fleetPage(page).row('runner-10').getByText('region:fra')).toBeVisible({ timeout: 20_000 }); // tabs side by side share two processors
  };
  // The walk of the reach index has a budget of its own; once done it rests for a minute.
  await running.knowReach();
  broker.count.reset();
  await open(0);
  const one = broker.count.all();
  // A page of fifty asks for fifty label sets and no more, of sixty agents.
  expect(one['GET /api/v1/agents/{id}/labels']).toBe(50);

  broker.count.reset();
  const startedAt = Date.now();
  await Promise.all(Array.from({ length: 5 }, (_, index) => open(index + 1)));
  const windows = 1 + Math.ceil((Date.now() - startedAt) / 5_000);
  const five = broker.count.all();
  expect(five['GET /api/v1/fleet'] ?? 0).toBeLessThanOrEqual(windows);
  expect(five['GET /api/v1/agents/{id}/labels'] ?? 0).toBe(0);
  await Promise.all(contexts.map((context) => context.close()));
});
