import { useQuery } from '@tanstack/react-query';
import type { ResponseOf } from '#contract/endpoint.ts';
import { type listObjectHealth, objectFilter, objectStates, type ObjectHealth, type ObjectState } from '#contract/reach.ts';
import type { StackRow } from '#contract/stacks.ts';
import { explain } from '#web/lib/failure.ts';
import { counted, exactNumber, formatCount } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { objectCountsNow } from '#web/lib/reached-agent.ts';
import type { MarkKind } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { objectHealth } from '#web/queries/reach.ts';
import { Moment, useAge } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { FilterField } from '#web/ui/filter-bar.tsx';
import { Link } from '#web/ui/link.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { PanelState, PartialNote, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import { AgesLine } from './read-ages.tsx';
import css from './stack.module.css';

const say = words.stack.objects;

/** One object, as it is by now, among so many agents. */
interface Line extends ObjectHealth {
  now: Record<ObjectState, number>;
  /** Agents that do not name it. */
  untold: number;
}
const kinds: Record<ObjectState, MarkKind> = { not_ready: 'bad', old: 'stale', ready: 'ok' };
/** Never better than its worst: what some agents are silent about is not known to be ready everywhere. */
const markOf = ({ now, untold }: Line): MarkKind => {
  const worst = objectStates.find((state) => now[state] > 0);
  return worst === undefined || (worst === 'ready' && untold > 0) ? 'unknown' : kinds[worst];
};
const fullName = ({ namespace, name }: ObjectHealth) => (namespace === '' ? name : `${namespace}/${name}`);
const keyOf = (object: ObjectHealth) => `${object.kind} ${fullName(object)}`;
/** Longer filters than the server reads lead nowhere. */
const longestFilter = 600;

/** Agents behind a count. What is old by now was fresh when the server counted, so both are asked for. */
function hrefOf(stackId: string, { now, ...object }: Line, state: ObjectState | 'untold'): string | undefined {
  const asked: readonly ObjectState[] = state === 'untold' ? objectStates : state === 'old' && now.ready === 0 ? ['old', 'ready'] : [state];
  const values = asked.map((one) => objectFilter(one, object));
  const isReadable = values.map(encodeURIComponent).join().length < longestFilter - 'object:!'.length;
  return isReadable ? paths.reachedObject(stackId, values, state === 'untold') : undefined;
}
function Count({ stackId, line, state }: { stackId: string; line: Line; state: ObjectState | 'untold' }) {
  const count = state === 'untold' ? line.untold : line.now[state];
  if (count === 0) return <span className="mono muted">0</span>;
  const href = hrefOf(stackId, line, state);
  const look = css[`count-${state}`];
  const shown = formatCount(count);
  const title = `${exactNumber(count)}. ${say.meaning[state]}`;
  return href === undefined ? (
    <span className={look} title={title}>
      {shown}
    </span>
  ) : (
    <Link href={href} className={look} title={title} aria-label={say.count(count, say.states[state], keyOf(line))}>
      {shown}
    </Link>
  );
}
function objectColumns(stackId: string): readonly Column<Line>[] {
  const count = (state: ObjectState | 'untold', leaves?: number): Column<Line> => ({
    key: state,
    head: say.heads[state],
    width: 88,
    align: 'end',
    ...(leaves !== undefined && { leaves }),
    cell: (line) => <Count stackId={stackId} line={line} state={state} />,
  });
  return [
    {
      key: 'object',
      head: say.heads.object,
      width: 320,
      cell: (line) => (
        <span className={css['object']} title={keyOf(line)}>
          <Mark kind={markOf(line)} />
          <span className="secondary">{line.kind}</span> <bdi className="mono">{fullName(line)}</bdi>
        </span>
      ),
    },
    count('not_ready'),
    count('old'),
    count('ready'),
    count('untold'),
    {
      key: 'message',
      head: say.heads.message,
      minWidth: 160,
      leaves: 1,
      cell: ({ message }) => (
        <span className={css['cut']} title={message ?? undefined}>
          <bdi>{message}</bdi>
        </span>
      ),
    },
  ];
}
function objectLine(line: Line): NarrowRow {
  const counts = [...objectStates.map((state) => [state, line.now[state]] as const), ['untold', line.untold] as const];
  return {
    mark: <Mark kind={markOf(line)} />,
    title: <bdi>{fullName(line)}</bdi>,
    aside: line.kind,
    line: [...counts.filter(([, count]) => count > 0).map(([state, count]) => `${formatCount(count)} ${say.states[state]}`), line.message]
      .filter(Boolean)
      .join(', '),
  };
}
/** The agents of its worst count. */
const worstHref = (stackId: string, line: Line) => {
  const worst = objectStates.find((state) => line.now[state] > 0) ?? 'untold';
  return hrefOf(stackId, line, worst) ?? paths.stack(stackId, 'agents');
};

/** What all agents that the stack reaches say of each object of the current revision. */
export function ObjectHealthCard({ stack }: { stack: StackRow }) {
  const { data, isError, error, refetch, isFetching } = useQuery(objectHealth(stack.id));
  if (data === undefined && isError) {
    return (
      <Card title={say.title} flush>
        <PanelState kind="error" failure={explain(error, say.notRead)} onRetry={() => void refetch()} retrying={isFetching} />
      </Card>
    );
  }
  return (
    <Moment at={data === undefined ? 0 : Date.parse(data.asOf)}>
      <Card title={say.title} aside={data && data.reached > 0 && say.note(data.recorded, data.reached, data.coverage)} flush>
        <Objects stack={stack} answer={data} />
        {data !== undefined && data.healthAgeMs === null && data.reached > 0 && (
          <PartialNote>{words.stack.agents.read.healthNot}</PartialNote>
        )}
        {data !== undefined && data.objects.length > 0 && (
          <>
            {data.total > data.objects.length && <p className={css['foot']}>{say.more(data.objects.length, data.total)}</p>}
            {data.cut > 0 && <p className={css['foot']}>{say.cut(counted(data.cut, 'agent'))}</p>}
            <AgesLine healthAgeMs={data.healthAgeMs} eventsAgeMs={null} />
          </>
        )}
        {data !== undefined && isError && <StaleNote at={data.asOf} />}
      </Card>
    </Moment>
  );
}
function Objects({ stack, answer }: { stack: StackRow; answer: ResponseOf<typeof listObjectHealth> | undefined }) {
  const age = useAge(answer?.healthAgeMs ?? 0, undefined);
  const lines = answer?.objects.map((object): Line => {
    const now = objectCountsNow(object.counts, age);
    return { ...object, now, untold: answer.reached - now.not_ready - now.old - now.ready };
  });
  return (
    <DataTable<Line>
      variant="panelled"
      label={say.title}
      columns={objectColumns(stack.id)}
      page={lines && { rows: lines }}
      rowKey={keyOf}
      rowName={keyOf}
      rowHref={(line) => worstHref(stack.id, line)}
      narrow={objectLine}
      empty={
        <PanelState kind="empty" title={say.none}>
          {say.noneText}
        </PanelState>
      }
    />
  );
}

/** The filter behind the counts, in words; its values are made of what the objects are called. */
export function objectFilterField(inForce: readonly string[], objects: readonly ObjectHealth[]): FilterField {
  const offered = objects.flatMap((object) =>
    objectStates.flatMap((state) => {
      const count = object.counts[state] ?? 0;
      return count === 0 ? [] : [{ value: objectFilter(state, object), count }];
    }),
  );
  const others = inForce.filter((value) => !offered.some((one) => one.value === value)).map((value) => ({ value }));
  return {
    field: 'object',
    label: words.stack.agents.filters.object,
    options: [...offered, ...others].map((one) => ({ ...one, label: inWords(one.value) })),
  };
}
function inWords(value: string): string {
  const state = objectStates.find((one) => value.startsWith(`${one} `));
  return state === undefined ? value : `${value.slice(state.length + 1)} ${say.states[state]}`;
}
