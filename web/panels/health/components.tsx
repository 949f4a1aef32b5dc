import type { ComponentHistory, SystemHealth } from '#contract/system-health.ts';
import { scaleEnd, shortNumber } from '#web/lib/series.ts';
import { clockTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Age } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { LatencyStrip } from '#web/ui/latency-strip.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Card } from '#web/ui/panel.tsx';
import { StateMark, StateShape, StateWord } from '#web/ui/state-mark.tsx';
import { componentSign, componentTone } from './component-sign.ts';
import css from './health.module.css';

const say = words.system.health;
const hourMs = 3_600_000;
const dash = <span className="muted">–</span>;

const Latency = ({ ms }: { ms: number | null }) =>
  ms === null ? (
    dash
  ) : (
    <span className={css['latency']}>
      {shortNumber(ms)} <i>ms</i>
    </span>
  );
const isTimed = ({ minutes }: ComponentHistory) => minutes.some((minute) => minute !== null && minute.latencyMs !== null);
const maxOf = ({ minutes }: ComponentHistory) => scaleEnd(Math.max(0, ...minutes.map((minute) => minute?.latencyMs ?? 0)));

function Strip({ component }: { component: ComponentHistory }) {
  const { minutes } = component;
  if (!isTimed(component) && !minutes.some((minute) => minute !== null && minute.status !== 'ok'))
    return <span className="muted">{say.notMeasured}</span>;
  const max = maxOf(component);
  return (
    <LatencyStrip
      label={say.strip(
        say.componentNames[component.component],
        minutes.filter((minute) => minute !== null).length,
        minutes.length,
        `${shortNumber(max)} ms`,
      )}
      minutes={minutes.map((minute) => minute && { latencyMs: minute.latencyMs, tone: componentTone(minute.status) })}
      maxMs={max}
    />
  );
}
/** Its last word, and its last complaint: a component that is well again is still told to have failed. */
function Said({ component: { message, lastError } }: { component: ComponentHistory }) {
  return (
    <span className={css['said']} title={lastError === null ? message : `${message}\n${say.lastErrorWas(lastError.message)}`}>
      <bdi>{message}</bdi>
      <span className={css['lastError']}>
        {lastError === null ? (
          say.noError
        ) : (
          <>
            {say.lastError} <Age at={lastError.at} ago />: <bdi>{lastError.message}</bdi>
          </>
        )}
      </span>
    </span>
  );
}

const columnsOf = (untilMs: number): readonly Column<ComponentHistory>[] => [
  {
    key: 'component',
    head: say.columns.component,
    width: 136,
    cell: ({ component }) => <b className={css['component']}>{say.componentNames[component]}</b>,
  },
  { key: 'state', head: say.columns.state, width: 104, cell: ({ status }) => <StateMark sign={componentSign(status)} /> },
  { key: 'since', head: say.columns.since, width: 72, align: 'end', cell: ({ since }) => <Age at={since} /> },
  { key: 'now', head: say.columns.now, width: 80, align: 'end', cell: ({ latencyMs }) => <Latency ms={latencyMs} /> },
  { key: 'p95', head: say.columns.p95, width: 80, align: 'end', leaves: 3, cell: ({ p95Ms }) => <Latency ms={p95Ms} /> },
  {
    key: 'strip',
    head: say.columns.strip(clockTime(untilMs - hourMs).slice(0, 5), clockTime(untilMs).slice(0, 5)),
    width: 212,
    leaves: 2,
    cell: (component) => <Strip component={component} />,
  },
  {
    key: 'scale',
    head: say.columns.scale,
    width: 88,
    leaves: 2,
    cell: (component) => (isTimed(component) ? <span className="mono muted">{say.scale(maxOf(component))}</span> : null),
  },
  { key: 'said', head: say.columns.said, minWidth: 280, cell: (component) => <Said component={component} /> },
];
const lineOf = (component: ComponentHistory): NarrowRow => ({
  mark: <StateShape sign={componentSign(component.status)} />,
  title: <span className={css['component']}>{say.componentNames[component.component]}</span>,
  aside: <Latency ms={component.latencyMs} />,
  line: (
    <>
      <StateWord sign={componentSign(component.status)} />, {component.message}
      {component.lastError !== null && (
        <>
          {' '}
          ({say.lastError} <Age at={component.lastError.at} ago />: {component.lastError.message})
        </>
      )}
    </>
  ),
});

/** State, since when, how fast, what it said and what it last complained of. */
export function Components({ health: { components, until } }: { health: SystemHealth }) {
  return (
    <Card title={say.components} aside={say.restart} flush>
      <DataTable
        variant="panelled"
        label={say.components}
        columns={columnsOf(Date.parse(until))}
        page={{ rows: components }}
        rowKey={({ component }) => component}
        rowName={({ component }) => say.componentNames[component]}
        narrow={lineOf}
        empty={null}
      />
    </Card>
  );
}
