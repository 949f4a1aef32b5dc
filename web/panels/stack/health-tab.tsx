import { useQuery } from '@tanstack/react-query';
import type { ReachedAgent } from '#contract/reach.ts';
import type { StackRow } from '#contract/stacks.ts';
import { useListState } from '#web/hooks/use-list-state.ts';
import { explain } from '#web/lib/failure.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { healthByObject, healthCauses, type ObjectHealth } from '#web/lib/reached-agent.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { reachedAgents } from '#web/queries/reach.ts';
import { Age, Moment } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { FilterBar } from '#web/ui/filter-bar.tsx';
import { HealthMark } from '#web/ui/health-mark.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import { reachedColumns, reachedLine } from './agent-columns.tsx';
import { ReachedDrawer } from './reached-drawer.tsx';
import { NoReached, ReachedStrip, ReachedTitle, reachedFilters } from './reached-list.tsx';
import { reachedDefaults } from './list-defaults.ts';
import { ReadAges } from './read-ages.tsx';
import css from './stack.module.css';

const say = words.stack.health;

const shared = reachedColumns.filter(({ key }) => key === 'name' || key === 'state' || key === 'cluster');
const columns: readonly Column<ReachedAgent>[] = [
  ...shared,
  { key: 'health', head: say.columns.status, width: 152, cell: (agent) => <HealthMark health={agent.health} /> },
  { key: 'causes', head: say.columns.causes, minWidth: 200, cell: (agent) => <Causes agent={agent} /> },
  {
    key: 'stored',
    head: say.columns.stored,
    width: 96,
    align: 'end',
    leaves: 1,
    cell: ({ health }) => (health === null ? null : <Age at={health.checkedAt} ageMs={health.ageMs} />),
  },
];
function Causes({ agent: { health } }: { agent: ReachedAgent }) {
  if (health === null) return null;
  const causes = healthCauses(health);
  if (causes.length === 0) return <span className="muted">{say.clear}</span>;
  return (
    <span className={css['cut']} title={causes.join('\n')}>
      <bdi>{causes.join('; ')}</bdi>
    </span>
  );
}
const objectColumns: readonly Column<ObjectHealth>[] = [
  {
    key: 'object',
    head: say.objectColumns.object,
    width: 280,
    cell: ({ kind, name, notReadyOn }) => (
      <span className={css['cut']}>
        <Mark kind={notReadyOn.length === 0 ? 'ok' : 'bad'} /> <span className="secondary">{kind}</span> <bdi className="mono">{name}</bdi>
      </span>
    ),
  },
  {
    key: 'namespace',
    head: say.objectColumns.namespace,
    width: 120,
    leaves: 1,
    cell: ({ namespace }) => <span className="mono secondary">{namespace}</span>,
  },
  {
    key: 'ready',
    head: say.objectColumns.ready,
    width: 96,
    align: 'end',
    cell: ({ ready, agents }) => (
      <span className="mono">
        {exactNumber(ready)}/{exactNumber(agents)}
      </span>
    ),
  },
  {
    key: 'where',
    head: say.objectColumns.where,
    width: 240,
    cell: ({ notReadyOn }) => (
      <span className={css['cut']} title={notReadyOn.join('\n')}>
        {notReadyOn.join(', ')}
      </span>
    ),
  },
  {
    key: 'message',
    head: say.objectColumns.message,
    minWidth: 160,
    leaves: 2,
    cell: ({ message }) => (
      <span className={css['cut']} title={message ?? undefined}>
        {message}
      </span>
    ),
  },
];
function objectLine({ kind, name, namespace, ready, agents, notReadyOn, message }: ObjectHealth): NarrowRow {
  return {
    mark: <Mark kind={notReadyOn.length === 0 ? 'ok' : 'bad'} />,
    title: name,
    aside: `${ready}/${agents}`,
    line: [kind, namespace, notReadyOn.join(', '), message].filter(Boolean).join(', '),
  };
}
const objectKey = ({ kind, namespace, name }: ObjectHealth) => `${kind} ${namespace} ${name}`;

/** What agents report about the objects of the current revision: agent by agent, then object by object. */
export function HealthTab({ stack }: { stack: StackRow }) {
  const list = useListState(columns, reachedDefaults);
  const agents = useQuery(reachedAgents(stack.id, list.state));
  const page = agents.data;
  return (
    <Moment at={page === undefined ? 0 : momentOf(page)}>
      <Card title={say.title} aside={page ? <ReachedTitle page={page} /> : say.note} flush>
        <FilterBar list={list} searchLabel={words.stack.agents.find} fields={reachedFilters(page?.facets ?? {})} />
        {agents.isError && page === undefined ? (
          <PanelState
            kind="error"
            failure={explain(agents.error, words.stack.agents.notRead(stack.name))}
            onRetry={() => void agents.refetch()}
            retrying={agents.isFetching}
          />
        ) : (
          <DataTable
            variant="panelled"
            label={say.title}
            columns={columns}
            page={page}
            list={list}
            rowKey={({ agentId }) => agentId}
            rowName={({ name }) => name}
            rowHref={({ agentId }) => paths.agent(agentId)}
            onPeek={({ agentId }) => list.open(agentId)}
            peekLabel={({ name }) => words.stack.agents.peek(name)}
            narrow={reachedLine}
            waiting={agents.isPlaceholderData}
            empty={<NoReached list={list} page={page} />}
          />
        )}
        <ReachedDrawer rows={page?.rows ?? []} list={list} />
        {page !== undefined && page.rows.length > 0 && <ReadAges healthAgeMs={page.healthAgeMs} eventsAgeMs={page.eventsAgeMs} />}
        <ReachedStrip page={page} list={list} isOld={agents.isError} />
      </Card>
      {page !== undefined && page.rows.length > 0 && <Objects agents={page.rows} of={page.totalUnfiltered} />}
    </Moment>
  );
}

/** More objects than anyone reads at once; the troubled ones come first. */
const mostObjects = 100;
function Objects({ agents, of }: { agents: readonly ReachedAgent[]; of: number }) {
  const objects = healthByObject(agents);
  return (
    <Card title={say.objectsTitle} aside={say.objectsNote(agents.length, of)} flush>
      <DataTable
        variant="panelled"
        label={say.objectsTitle}
        columns={objectColumns}
        page={{ rows: objects.slice(0, mostObjects) }}
        rowKey={objectKey}
        rowName={objectKey}
        narrow={objectLine}
        empty={
          <PanelState kind="empty" title={say.noObjects}>
            {say.noObjectsText}
          </PanelState>
        }
      />
      {objects.length > mostObjects && <p className={css['foot']}>{say.objectsCut(mostObjects, objects.length)}</p>}
    </Card>
  );
}
