import { useQuery } from '@tanstack/react-query';
import type { StackRow } from '#contract/stacks.ts';
import { useListState } from '#web/hooks/use-list-state.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { reachedAgents } from '#web/queries/reach.ts';
import { Moment } from '#web/ui/age.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { FilterBar } from '#web/ui/filter-bar.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { reachedColumns, reachedLine } from './agent-columns.tsx';
import { NoReached, ReachedStrip, ReachedTitle, reachedFilters } from './reached-list.tsx';
import { ReachedDrawer } from './reached-drawer.tsx';
import { reachedRules } from './list-defaults.ts';
import { ReadAges } from './read-ages.tsx';

const say = words.stack.agents;

/** Whom the stack reaches, why, and how far each is with the current revision. */
export function AgentsTab({ stack }: { stack: StackRow }) {
  const list = useListState(reachedColumns, reachedRules);
  const agents = useQuery(reachedAgents(stack.id, list.state));
  const page = agents.data;
  return (
    <Card title={say.title} aside={page && <ReachedTitle page={page} />} flush>
      <FilterBar list={list} searchLabel={say.find} fields={reachedFilters(page?.facets ?? {})} />
      {agents.isError && page === undefined ? (
        <PanelState
          kind="error"
          failure={explain(agents.error, say.notRead(stack.name))}
          onRetry={() => void agents.refetch()}
          retrying={agents.isFetching}
        />
      ) : (
        <Moment at={page === undefined ? 0 : momentOf(page)}>
          <DataTable
            variant="panelled"
            label={say.title}
            columns={reachedColumns}
            page={page}
            list={list}
            rowKey={({ agentId }) => agentId}
            rowName={({ name }) => name}
            rowHref={({ agentId }) => paths.agent(agentId)}
            onPeek={({ agentId }) => list.open(agentId)}
            peekLabel={({ name }) => say.peek(name)}
            narrow={reachedLine}
            waiting={agents.isPlaceholderData}
            empty={<NoReached list={list} page={page} />}
          />
          <ReachedDrawer rows={page?.rows ?? []} list={list} />
          {page !== undefined && page.rows.length > 0 && <ReadAges healthAgeMs={page.healthAgeMs} eventsAgeMs={page.eventsAgeMs} />}
        </Moment>
      )}
      <ReachedStrip page={page} list={list} isOld={agents.isError} />
    </Card>
  );
}
