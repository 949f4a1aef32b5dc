import type { Clock } from '#contract/ports.ts';
import type { MetricSeries } from '#contract/system-health.ts';
import { countsOn, quantileMs, readScrape } from './scrape.ts';
import type { Scrape } from './scrape.ts';

export const stepMs = 30_000;
const steps = 120;

const stepAt = (atMs: number) => Math.floor(atMs / stepMs);
/** What one step between two looks shows; null where it cannot be told. */
type Reading = (before: Scrape, after: Scrape) => number | null;
const perSecond =
  (count: (scrape: Scrape) => number): Reading =>
  (before, after) =>
    (1_000 * (count(after) - count(before))) / (after.atMs - before.atMs);
const series: (Omit<MetricSeries, 'points'> & { reading: Reading })[] = [
  { name: 'http_requests', unit: 'per_second', source: 'brokkr_http_requests_total', reading: perSecond(({ requests }) => requests) },
  {
    name: 'http_failed',
    unit: 'per_second',
    source: 'brokkr_http_requests_total{status=~"5.."}',
    reading: perSecond(({ failed }) => failed),
  },
  {
    name: 'http_p50',
    unit: 'ms',
    source: 'brokkr_http_request_duration_seconds',
    reading: (before, after) => quantileMs(before, after, 0.5),
  },
  {
    name: 'http_p95',
    unit: 'ms',
    source: 'brokkr_http_request_duration_seconds',
    reading: (before, after) => quantileMs(before, after, 0.95),
  },
  {
    name: 'messages_in',
    unit: 'per_second',
    source: 'brokkr_ws_messages_total{direction="in"}',
    reading: perSecond(({ messagesIn }) => messagesIn),
  },
  {
    name: 'messages_out',
    unit: 'per_second',
    source: 'brokkr_ws_messages_total{direction="out"}',
    reading: perSecond(({ messagesOut }) => messagesOut),
  },
];
const gauge: Omit<MetricSeries, 'points'> = { name: 'connected_agents', unit: 'agents', source: 'brokkr_ws_connected_agents' };

/**
 * The broker's metrics over the last hour, one step each half minute. Rates need two looks in a row: a step without one, or in
 * which the broker started anew and forgot its counts, is a gap. `brokkr_stacks_total` and `brokkr_deployment_objects_total`
 * are not here: the broker sets them to whatever somebody listed last (CONTRACT 7.1).
 */
export function createBrokerSeries({ clock }: { clock: Clock }) {
  const kept = new Map<number, Scrape>();

  return {
    take(text: string) {
      const atMs = clock.now();
      const step = stepAt(atMs);
      kept.set(step, readScrape(text, atMs));
      for (const old of kept.keys()) if (old < step - steps) kept.delete(old);
    },
    show(): { until: string; stepMs: number; series: MetricSeries[] } {
      const now = stepAt(clock.now());
      const last = kept.has(now) ? now : now - 1; // the look of this step may still be under way
      const at = Array.from({ length: steps }, (_, index) => last - steps + 1 + index);
      const point = (reading: Reading) => (step: number) => {
        const [before, after] = [kept.get(step - 1), kept.get(step)];
        return before !== undefined && after !== undefined && countsOn(before, after) ? reading(before, after) : null;
      };
      const rates = series.map(({ reading, ...told }) => ({ ...told, points: at.map(point(reading)) }));
      return {
        until: new Date(last * stepMs).toISOString(),
        stepMs,
        series: [...rates, { ...gauge, points: at.map((step) => kept.get(step)?.connected ?? null) }],
      };
    },
    /** Whether the key that ships with brokers opens this one; null while it has not said. */
    defaultPak: (): boolean | null => [...kept.values()].at(-1)?.defaultPak ?? null,
  };
}
