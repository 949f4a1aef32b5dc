import { expect, test } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { type ComponentHistory, type MetricSeries, readSystemHealth, type SystemHealth } from '#contract/system-health.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { HealthPanel } from './health-panel.tsx';

const open = (session = aSession(), width = 1440) => renderPanel(<HealthPanel />, { at: '/health', path: '/health', session, width });
const now = new Date().toISOString();
const hour = (latencyMs: number | null, holes: readonly number[] = []): ComponentHistory['minutes'] =>
  Array.from({ length: 60 }, (_, at) => (holes.includes(at) ? null : { status: 'ok', latencyMs }));
const aComponent = (facts: Partial<ComponentHistory> = {}): ComponentHistory => ({
  component: 'broker',
  status: 'ok',
  since: new Date(Date.now() - 7_200_000).toISOString(),
  message: 'readyz ok',
  latencyMs: 8.2,
  p95Ms: 14,
  lastError: null,
  minutes: hour(8),
  ...facts,
});
const aSeries = (name: MetricSeries['name'], points: (number | null)[], unit: MetricSeries['unit'] = 'per_second'): MetricSeries => ({
  name,
  unit,
  source: `brokkr_${name}_total`,
  points,
});
const aHealth = (facts: Partial<SystemHealth> = {}): SystemHealth => ({
  overall: 'ok',
  components: [aComponent()],
  until: now,
  stepMs: 30_000,
  series: [],
  brokerVersion: '0.9.1',
  asOf: now,
  ...facts,
});

test('a component tells its state, since when, how fast on which scale, what it said and its last error', async () => {
  const failing = aComponent({
    component: 'database',
    status: 'degraded',
    message: 'slow',
    latencyMs: 160,
    p95Ms: 180,
    minutes: hour(180),
    lastError: { at: new Date(Date.now() - 300_000).toISOString(), message: 'disk is full' },
  });
  stubConsole().answers(readSystemHealth, aHealth({ overall: 'degraded', components: [aComponent(), failing] }));
  const { screen } = await open();
  await expect
    .element(screen.getByRole('row', { name: 'broker' }))
    .toMatchTextContent(/broker.*ok.*2 h.*8.2 ms.*14 ms.*0–10 ms.*readyz ok.*no error in the last hour/);
  await expect
    .element(screen.getByRole('row', { name: 'console database' }))
    .toMatchTextContent(/degraded.*160 ms.*180 ms.*0–200 ms.*slow.*5 min ago.*disk is full/);
  await expect.element(screen.getByText(/worst of 2 components/)).toMatchTextContent(/broker 0.9.1/);
});

test('a minute that nobody measured is a hole in the strip, and is counted as one', async () => {
  stubConsole().answers(readSystemHealth, aHealth({ components: [aComponent({ minutes: hour(8, [3, 4, 5]) })] }));
  const { screen } = await open();
  const strip = screen.getByRole('img', { name: /57 of 60 minutes measured, on a scale up to 10 ms/ });
  await expect.element(strip).toBeVisible();
  expect(strip.element().querySelectorAll('[data-gap]')).toHaveLength(3);
});

test('what is not measured by time says so instead of showing an empty scale', async () => {
  stubConsole().answers(
    readSystemHealth,
    aHealth({ components: [aComponent({ component: 'disk', latencyMs: null, p95Ms: null, minutes: hour(null) })] }),
  );
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'disk' })).toMatchTextContent(/not measured by time/);
});

test('a missing scrape is drawn as missing, and the chart says it in words', async () => {
  stubConsole().answers(
    readSystemHealth,
    aHealth({ series: [aSeries('http_requests', [30, 32, null, null, 40, 34.2]), aSeries('http_failed', [0, 0, null, null, 1, 0])] }),
  );
  const { screen } = await open();
  const chart = screen.getByRole('img', {
    name: /^HTTP requests, per second, from .*: all 34.2, lowest 30, highest 40; 5xx 0, lowest 0, highest 1; 60 s without data$/,
  });
  await expect.element(chart).toHaveAttribute('data-gaps', '1');
  await expect.poll(() => chart.element().querySelector('canvas')).not.toBeNull();
  await expect
    .element(screen.getByText(/brokkr_http_requests_total, brokkr_http_failed_total, 30 s steps, scraped by the console/))
    .toBeVisible();
});

test('a line is not joined across what is missing: between its ends nothing is drawn', async () => {
  const points = Array.from({ length: 61 }, (_, at) => (at > 20 && at < 40 ? null : 60));
  stubConsole().answers(readSystemHealth, aHealth({ series: [aSeries('connected_agents', points, 'agents')] }));
  const { screen } = await open();
  const chart = screen.getByRole('img', { name: /^Agents connected/ });
  await expect.poll(() => chart.element().querySelector('canvas')).not.toBeNull();
  const canvas = chart.element().querySelector('canvas');
  if (canvas === null) throw new Error('no canvas');
  /** How many pixels of a column are of the line's colour: text, which nothing else in the plot is drawn in. */
  const inked = (share: number) => {
    const left = 48 * devicePixelRatio;
    const { data } = canvas
      .getContext('2d')
      ?.getImageData(Math.round(left + (canvas.width - left) * share), 0, 1, canvas.height - 28 * devicePixelRatio) ?? {
      data: new Uint8ClampedArray(),
    };
    const [red = 0, green = 0, blue = 0] = (/\d+/g[Symbol.match](getComputedStyle(document.documentElement).color) ?? []).map(Number);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const near = Math.abs((data[at] ?? 0) - red) + Math.abs((data[at + 1] ?? 0) - green) + Math.abs((data[at + 2] ?? 0) - blue) < 90;
      if (near && (data[at + 3] ?? 0) > 120) count += 1;
    }
    return count;
  };
  await expect.poll(() => inked(0.2)).toBeGreaterThan(0);
  expect(inked(0.42)).toBe(0);
  expect(inked(0.8)).toBeGreaterThan(0);
});

test('the table twin has the same numbers, newest first, and says no data where there is none', async () => {
  stubConsole().answers(readSystemHealth, aHealth({ series: [aSeries('connected_agents', [1130, null, 1131], 'agents')] }));
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Show as table' }).click();
  const told = screen
    .getByRole('table', { name: 'Agents connected' })
    .getByRole('cell')
    .elements()
    .map(({ textContent }) => textContent);
  expect(told).toEqual(['1,131', 'no data', '1,130']);
});

test('a metric of which nothing is kept yet invents nothing', async () => {
  stubConsole().answers(readSystemHealth, aHealth({ series: [aSeries('http_requests', [null, null])] }));
  const { screen } = await open();
  await expect
    .element(screen.getByRole('region', { name: 'HTTP requests' }))
    .toMatchTextContent(/No scrape of this metric has been kept yet/);
});

test('on a generator’s key it says that the agents are left out', async () => {
  stubConsole().answers(readSystemHealth, aHealth());
  const { screen } = await open({ ...aSession('operator'), tenant: '4c390b7e-9a41-4d5f-8e8b-1a017f3c1d52' });
  await expect.element(screen.getByText(/left out of this verdict/)).toBeVisible();
});

test('health that cannot be read says so with code and request', async () => {
  stubConsole().answers(readSystemHealth, new ProblemError('broker_unreachable', 'no broker'));
  const { screen } = await open();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/The health of this installation was not read.*rq_00000000000000aa/);
});
