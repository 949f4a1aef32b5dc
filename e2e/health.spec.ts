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
  test.slow(); // a console starts amid it
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
  await page.emulateMedia({ colorScheme: 'light' });
  await page.route('**/api/health', async (route) => {
    const answer = await route.fetch();
    const health = (await answer.json()) as z.infer<typeof SystemHealth>;
    const points = Array.from({ length: 120 }, (_, at) => (at >= 80 && at < 90 ? null : 37));
    await route.fulfill({ response: answer, json: { ...health, series: health.series.map((series) => ({ ...series, points })) } });
  });
  const health = healthPage(page);
  await page.goto('/health');
  await expect(health.chart('HTTP requests')).toHaveAttribute('data-gaps', '1');
  await expect(health.chart('HTTP requests')).toHaveAccessibleName(/HTTP requests, per second.*5 min without data/);
  await health.card('HTTP requests').getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('table', { name: 'HTTP requests' }).getByRole('row').filter({ hasText: 'no data' })).toHaveCount(10);
  await health.card('HTTP requests').getByRole('button', { name: 'Show as chart' }).click();
  const chart = health.chart('HTTP requests');
  await expect(chart.locator('canvas')).toBeVisible();
  const { beside, inGap } = await chart.locator('canvas').evaluate((element: Element) => {
    const canvas = element as HTMLCanvasElement;
    const light = (share: number) => {
      const { data } = canvas.getContext('2d')?.getImageData(Math.round(canvas.width * share), 0, 1, canvas.height) ?? { data: [] };
      const of = (y: number) => Array.from(data.slice(y * 4, y * 4 + 4), (value) => value / 255);
      return Array.from({ length: canvas.height }, (_, y) => {
        const [red = 0, green = 0, blue = 0, alpha = 0] = of(y);
        return 1 - alpha * (1 - (red + green + blue) / 3); // 1 is paper, 0 is ink
      });
    };
    const [line, gap] = [light(0.5), light(0.7)];
    const at = line.indexOf(Math.min(...line)); // the height of the line
    return { beside: line[at] ?? 0, inGap: gap[at] ?? 0 };
  });
  expect(beside).toBeLessThan(0.5);
  expect(inGap).toBeGreaterThan(0.8); // where a joined line would be there is none
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
  await page.getByRole('link', { name: 'All components and their last hour' }).click();
  await expect(shell(page).title).toHaveText('Health');
});
