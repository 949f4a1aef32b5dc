import type { SystemHealth } from '#contract/system-health.ts';
import type * as z from 'zod/mini';
import { anAgent } from '#simulator/builders.ts';
import { keptInBrowser, paksIn } from './canary.ts';
import { expect, test } from './fixtures.ts';
import { healthPage } from './pages/health-page.ts';
import { shell } from './pages/shell.ts';

test('a restarted console tells at once which component failed, and draws the time before as missing', async ({
  page,
  broker,
  console,
  faults,
}) => {
  faults.expect(502, 503, 504);
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await broker.kill();
  await console.crash();
  const health = healthPage(page);
  await page.goto('/health');
  await expect(health.head).toContainText('failed');
  await expect(health.component('broker')).toContainText('failed');
  await expect(health.component('console database')).toContainText('ok');
  await expect(health.strip('console database')).toHaveAccessibleName(/ [01] of 60 minutes measured/);
  expect(await health.strip('console database').locator('[data-gap]').count()).toBeGreaterThanOrEqual(59);
});

test('what the broker’s metrics left out is drawn as a gap and said in words, in the chart and in its table', async ({ page }) => {
  await page.route('**/api/health', async (route) => {
    const answer = await route.fetch();
    const health = (await answer.json()) as z.infer<typeof SystemHealth>;
    const points = Array.from({ length: 120 }, (_, at) => (at >= 80 && at < 90 ? null : 40));
    await route.fulfill({ response: answer, json: { ...health, series: health.series.map((series) => ({ ...series, points })) } });
  });
  const health = healthPage(page);
  await page.goto('/health');
  await expect(health.chart('HTTP requests')).toHaveAttribute('data-gaps', '1');
  await expect(health.chart('HTTP requests')).toHaveAccessibleName(/HTTP requests, per second.*5 min without data/);
  await health.card('HTTP requests').getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('table', { name: 'HTTP requests' }).getByRole('row').filter({ hasText: 'no data' })).toHaveCount(10);
  await health.card('HTTP requests').getByRole('button', { name: 'Show as chart' }).click();
  const drawn = await health
    .chart('HTTP requests')
    .locator('canvas')
    .evaluate((element: Element) => {
      // Down the middle of the gap, where a joined line would be, nothing is drawn in the colour of the line.
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      const ink = (share: number) => {
        const { data } = canvas.getContext('2d')?.getImageData(Math.round(width * share), 0, 1, height) ?? { data: [] };
        return new Set(Array.from({ length: height }, (_, y) => Array.from(data.slice(y * 4, y * 4 + 4)).join())).size;
      };
      return { inGap: ink(0.74), beside: ink(0.5) };
    });
  expect(drawn.inGap).not.toBe(drawn.beside);
});

test('status tells which console this is and how it is set up, and no secret', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await page.goto('/fleet');
  await shell(page).navigation.getByRole('link', { name: 'Status' }).click();
  await expect(shell(page).title).toHaveText('Status');
  for (const term of [
    'Version',
    'Started',
    'Up for',
    'Environment',
    'Active agents',
    'Sessions',
    'Changes handled',
    'Last heartbeat of any',
  ]) {
    await expect(page.getByRole('term').filter({ hasText: term }).first()).toBeVisible();
  }
  await expect(page.getByRole('row', { name: 'BROKER_PAK' })).toContainText(/set/);
  expect(paksIn(await keptInBrowser(page), [broker.adminPak])).toEqual([]);
  await page.getByRole('link', { name: 'Components and their last hour' }).click();
  await expect(shell(page).title).toHaveText('Health');
});
