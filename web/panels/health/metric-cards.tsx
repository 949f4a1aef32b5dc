import { lazy, Suspense, useMemo, useState } from 'react';
import type { MetricSeries, SystemHealth } from '#contract/system-health.ts';
import { gapsOf, shortNumber } from '#web/lib/series.ts';
import { clockTime, formatAge, zoneOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/panel.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import type { ChartLine } from '#web/ui/rate-chart.tsx';
import css from './health.module.css';

const RateChart = lazy(async () => ({ default: (await import('#web/ui/rate-chart.tsx')).RateChart }));

const say = words.system.health;
type Look = ChartLine['look'];
/** One chart each; a line that the broker does not tell is left out. */
const charts: readonly { title: string; lines: readonly (readonly [MetricSeries['name'], Look])[] }[] = [
  {
    title: say.charts.http,
    lines: [
      ['http_requests', 'main'],
      ['http_failed', 'bad'],
    ],
  },
  {
    title: say.charts.duration,
    lines: [
      ['http_p95', 'main'],
      ['http_p50', 'second'],
    ],
  },
  {
    title: say.charts.messages,
    lines: [
      ['messages_in', 'main'],
      ['messages_out', 'second'],
    ],
  },
  { title: say.charts.agents, lines: [['connected_agents', 'main']] },
];
interface Line extends ChartLine {
  unit: MetricSeries['unit'];
  source: string;
}

export function MetricCards({ health }: { health: SystemHealth }) {
  return (
    <section aria-label={say.metrics} className={css['charts']}>
      {charts.map(({ title, lines }) => (
        <MetricCard key={title} title={title} health={health} wanted={lines} />
      ))}
    </section>
  );
}

interface MetricCardProps {
  title: string;
  health: SystemHealth;
  wanted: readonly (readonly [MetricSeries['name'], Look])[];
}
function MetricCard({ title, health: { series, until, stepMs }, wanted }: MetricCardProps) {
  const [isTable, setTable] = useState(false);
  const lines = useMemo(
    () =>
      wanted.flatMap(([name, look]): Line[] => {
        const found = series.find((one) => one.name === name);
        return found === undefined ? [] : [{ name: say.lines[name], look, points: found.points, unit: found.unit, source: found.source }];
      }),
    [series, wanted],
  );
  const [first] = lines;
  const untilMs = Date.parse(until);
  const now = first?.points.at(-1) ?? null;
  const isEmpty = !lines.some(({ points }) => points.some((value) => value !== null));
  if (first === undefined || isEmpty) {
    return (
      <Card title={title} flush>
        <PanelState kind="empty" title={say.noData}>
          {say.never}
        </PanelState>
      </Card>
    );
  }
  return (
    <Card
      title={title}
      aside={say.units[first.unit]}
      actions={
        <>
          <Legend lines={lines} />
          <span className={css['now']}>
            {now === null ? (
              <span className="muted">{say.noDataNow}</span>
            ) : (
              <>
                <b>{shortNumber(now)}</b> <span className="muted">{say.shortUnits[first.unit]}</span>
              </>
            )}
          </span>
          <Button size="small" variant="ghost" onClick={() => setTable(!isTable)}>
            {isTable ? say.showChart : say.showTable}
          </Button>
        </>
      }
    >
      {isTable ? (
        <SeriesTable title={title} lines={lines} untilMs={untilMs} stepMs={stepMs} />
      ) : (
        <Suspense fallback={<div className={css['chartRoom']} />}>
          <RateChart label={inWords(title, lines, untilMs, stepMs)} lines={lines} untilMs={untilMs} stepMs={stepMs} noData={say.noData} />
        </Suspense>
      )}
      <p className="caption">
        {say.source([...new Set(lines.map(({ source }) => source))].join(', '), formatAge(stepMs), zoneOf(new Date(untilMs)))}
      </p>
    </Card>
  );
}

function Legend({ lines }: { lines: readonly Line[] }) {
  return (
    <span className={css['legend']} aria-hidden="true">
      {lines.map(({ name, look }) => (
        <span key={name}>
          <i data-look={look} />
          {name}
        </span>
      ))}
    </span>
  );
}

const span = (length: number, untilMs: number, stepMs: number) =>
  [clockTime(untilMs - (length - 1) * stepMs).slice(0, 5), clockTime(untilMs).slice(0, 5)] as const;
/** What somebody who does not see the chart is told of it. */
function inWords(title: string, lines: readonly Line[], untilMs: number, stepMs: number): string {
  const [first] = lines;
  const [from, to] = span(first?.points.length ?? 1, untilMs, stepMs);
  const missing = gapsOf(lines.map(({ points }) => points)).reduce((sum, gap) => sum + gap.to - gap.from + 1, 0);
  const told = lines.map(({ name, points }) => {
    const known = points.filter((value) => value !== null);
    const last = points.at(-1) ?? null;
    return say.chartLine(
      name,
      last === null ? say.noDataNow : shortNumber(last),
      shortNumber(Math.min(...known)),
      shortNumber(Math.max(...known)),
    );
  });
  return say.chart(
    title,
    first === undefined ? '' : say.units[first.unit],
    from,
    to,
    [...told, ...(missing > 0 ? [say.gaps(formatAge(missing * stepMs))] : [])].join('; '),
  );
}

/** The chart's twin: the same numbers, newest first. */
function SeriesTable({ title, lines, untilMs, stepMs }: { title: string; lines: readonly Line[]; untilMs: number; stepMs: number }) {
  const length = Math.max(...lines.map(({ points }) => points.length));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <section className={css['tableRoom']} tabIndex={0} aria-label={say.numbersOf(title)}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{say.time}</th>
            {lines.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length }, (_, back) => {
            const at = length - 1 - back;
            return (
              <tr key={at}>
                <th scope="row">{clockTime(untilMs - back * stepMs)}</th>
                {lines.map(({ name, points }) => {
                  const value = points[at] ?? null;
                  return <td key={name}>{value === null ? <span className="muted">{say.noData}</span> : shortNumber(value)}</td>;
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
