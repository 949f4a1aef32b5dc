import { useQuery } from '@tanstack/react-query';
import type { AgentRow } from '#contract/agents.ts';
import type { ReachingStack } from '#contract/reach.ts';
import { type ObjectHere, objectsHere } from '#web/lib/agent-health.ts';
import { useListState } from '#web/hooks/use-list-state.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { agentReach, reachPage } from '#web/queries/reach.ts';
import { Age, Moment, useAge } from '#web/ui/age.tsx';
import { BottomStrip, Pager } from '#web/ui/bottom-strip.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Link } from '#web/ui/link.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { Mark, StateMark } from '#web/ui/state-mark.tsx';
import css from './reach.module.css';
import { ReadAgo } from '#web/ui/read-ago.tsx';

const say = words.agentReach.health;
const objectName = ({ object }: ObjectHere) =>
  object === null ? say.whole : `${object.kind} ${object.namespace === '' ? object.name : `${object.namespace}/${object.name}`}`;

const columns: readonly Column<ObjectHere>[] = [
  {
    key: 'object',
    head: say.columns.object,
    width: 320,
    cell: (row) => (
      <span className={row.object === null ? 'secondary' : 'mono truncate'} title={objectName(row)}>
        <bdi>{objectName(row)}</bdi>
      </span>
    ),
  },
  {
    key: 'stack',
    head: say.columns.stack,
    width: 144,
    cell: ({ stack, stackId }) => (
      <Link href={paths.stack(stackId)} className="mono truncate">
        <bdi>{stack}</bdi>
      </Link>
    ),
  },
  { key: 'state', head: say.columns.state, width: 176, cell: ({ sign }) => <StateMark sign={sign} /> },
  {
    key: 'said',
    head: say.columns.said,
    cell: ({ said }) => (
      <span className={css['said']} title={said}>
        <bdi>{said}</bdi>
      </span>
    ),
  },
  {
    key: 'stored',
    head: say.columns.stored,
    width: 88,
    align: 'end',
    leaves: 1,
    cell: ({ stored }) => (stored === null ? <span className="muted">–</span> : <Age at={stored.at} ageMs={stored.ageMs} />),
  },
];
const line = (row: ObjectHere): NarrowRow => ({
  mark: <Mark kind={row.sign.kind} />,
  title: <bdi>{objectName(row)}</bdi>,
  aside: row.stored === null ? undefined : <Age at={row.stored.at} ageMs={row.stored.ageMs} />,
  line: [row.sign.word, row.stack, row.said].filter(Boolean).join(', '),
});

/** What this agent's own records say runs, object by object, for every stack that reaches it. */
export function HealthTab({ agent }: { agent: AgentRow }) {
  const list = useListState([], reachPage);
  const reach = useQuery(agentReach(agent.id, list.state));
  const { data } = reach;
  return (
    <Moment at={data === undefined ? 0 : momentOf(data)}>
      <Card title={say.title} aside={data ? <ReadAgo asOf={data.asOf} onRead={() => void reach.refetch()} /> : say.note} flush>
        {reach.isError && data === undefined ? (
          <PanelState
            kind="error"
            failure={explain(reach.error, words.agentReach.notRead(agent.name))}
            onRetry={() => void reach.refetch()}
            retrying={reach.isFetching}
          />
        ) : data === undefined ? (
          <Loading label={say.title} />
        ) : (
          <Objects reached={data.reached} isWaiting={reach.isPlaceholderData} />
        )}
        {reach.isError && data !== undefined && <StaleNote at={data.asOf} />}
        {data !== undefined && data.total > reachPage.limit && (
          <BottomStrip start={words.agentReach.total(data.total)}>
            <Pager list={list} total={data.total} />
          </BottomStrip>
        )}
      </Card>
    </Moment>
  );
}

function Objects({ reached, isWaiting }: { reached: readonly ReachingStack[]; isWaiting: boolean }) {
  // Counts on while it cannot be read again: what has grown old shows nothing running any more.
  const rows = objectsHere(reached, useAge(0, undefined) ?? 0);
  const stacks = new Set(rows.map(({ stackId }) => stackId)).size;
  return (
    <>
      <DataTable
        variant="panelled"
        label={say.title}
        columns={columns}
        page={{ rows }}
        waiting={isWaiting}
        rowKey={({ key }) => key}
        rowName={(row) => `${objectName(row)}, ${row.stack}`}
        narrow={line}
        empty={
          <PanelState kind="empty" title={say.empty}>
            {say.emptyText}
          </PanelState>
        }
      />
      {rows.length > 0 && (
        <p className={`caption ${css['foot']}`}>{say.objects(rows.filter(({ object }) => object !== null).length, stacks)}</p>
      )}
    </>
  );
}
