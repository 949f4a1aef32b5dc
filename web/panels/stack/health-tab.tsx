import { useQuery } from '@tanstack/react-query';
import type { ReachedAgent } from '#contract/reach.ts';
import type { StackRow } from '#contract/stacks.ts';
import { useListState } from '#web/hooks/use-list-state.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { healthCauses } from '#web/lib/reached-agent.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { objectHealth, reachedAgents } from '#web/queries/reach.ts';
import { Age, Moment } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { FilterBar } from '#web/ui/filter-bar.tsx';
import { HealthMark } from '#web/ui/health-mark.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { reachedColumns, reachedLine } from './agent-columns.tsx';
import { ObjectHealthCard, objectFilterField } from './object-health.tsx';
import { ReachedDrawer } from './reached-drawer.tsx';
import { NoReached, ReachedStrip, ReachedTitle, reachedFilters } from './reached-list.tsx';
import { reachedRules } from './list-defaults.ts';
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
/** What agents report about the objects of the current revision: object by object over all of them, then agent by agent. */
export function HealthTab({ stack }: { stack: StackRow }) {
  const list = useListState(columns, reachedRules);
  const agents = useQuery(reachedAgents(stack.id, list.state));
  const page = agents.data;
  const objects = useQuery(objectHealth(stack.id));
  const inForce = list.filters.find(({ field }) => field === 'object')?.values ?? [];
  return (
    <>
      <ObjectHealthCard stack={stack} />
      <Moment at={page === undefined ? 0 : momentOf(page)}>
        <Card title={say.title} aside={page ? <ReachedTitle page={page} /> : say.note} flush>
          <FilterBar
            list={list}
            searchLabel={words.stack.agents.find}
            fields={[...reachedFilters(page?.facets ?? {}), objectFilterField(inForce, objects.data?.objects ?? [])]}
          />
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
      </Moment>
    </>
  );
}
