import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { agentFilters, type AgentLine, agentSorts, agentStates, createAgent } from '#contract/agents.ts';
import { useMay } from '#web/context/session.tsx';
import { useListState, useUrlState } from '#web/hooks/use-list-state.ts';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { groupingOf, labelKeys } from '#web/lib/fleet-groups.ts';
import type { ListRules } from '#web/lib/list-state.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { agentStateWords } from '#web/lib/words/en/states.ts';
import { words } from '#web/lib/words/index.ts';
import { agentList, type CreatedAgent as NewKey } from '#web/queries/agents.ts';
import { BottomStrip, Pager } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import { Banner } from '#web/ui/cause-note.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { FilterBar, type FilterField } from '#web/ui/filter-bar.tsx';
import { PlusIcon } from '#web/ui/icons.tsx';
import { useGo } from '#web/ui/link.tsx';
import { ListThumbs } from '#web/ui/list-thumbs.tsx';
import { Loading, PanelState, PartialNote, StaleNote } from '#web/ui/panel-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { useIsNarrow } from '#web/ui/use-width.ts';
import { agentLineRow } from './agent-line-row.tsx';
import { fleetColumns } from './columns.tsx';
import { Coverage } from './coverage.tsx';
import { useFleetColumns } from './use-fleet-columns.ts';
import { GroupMenu, ViewMenu, ViewSwitch } from './view-switch.tsx';

// The list is what one comes for; forms and dialogs are fetched when they are asked for.
// What shows the key is there before there is a key: one that could not be loaded afterwards would lose it.
const both = () => Promise.all([import('./create-agent.tsx'), import('./created-agent.tsx')]);
const CreateAgent = lazy(async () => ({ default: (await both())[0].CreateAgent }));
const CreatedAgent = lazy(async () => ({ default: (await both())[1].CreatedAgent }));

// The other ways to look at the fleet are fetched by those who look at it so.
const MapView = lazy(async () => ({ default: (await import('./map-view.tsx')).MapView }));
const GroupsView = lazy(async () => ({ default: (await import('./groups-view.tsx')).GroupsView }));

/** Worst first, as the list comes by itself. */
export const fleetRules: ListRules = {
  sort: 'state',
  sorts: agentSorts,
  filters: agentFilters,
  takes: { view: (view) => view === 'map' || view === 'table', group: (group) => groupingOf(group) !== undefined },
};
const sorts = fleetColumns(() => undefined);
const offered = ['state', 'status', 'cluster', 'connection', 'label'] as const satisfies readonly (typeof agentFilters)[number][];
const valueWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  state: agentStateWords,
  connection: words.agents.connections,
};

/** States as everywhere: the worst one first. */
const worstFirst = <Counted extends { value: string }>(states: readonly Counted[]) =>
  agentStates.flatMap((state) => states.filter(({ value }) => value === state));

/** The filters that can be offered: those whose values the answer counts. */
function filterFields(facets: Record<string, { value: string; count: number }[]>): FilterField[] {
  return offered.map((field) => ({
    field,
    free: field === 'label' || field === 'cluster',
    repeats: field === 'label',
    label: words.fleet.filters[field],
    options: (field === 'state' ? worstFirst(facets[field] ?? []) : (facets[field] ?? [])).map(({ value, count }) => ({
      value,
      label: valueWords[field]?.[value] ?? value,
      count,
    })),
  }));
}

export function FleetPanel() {
  usePlace({ label: words.fleet.title });
  const list = useListState(sorts, fleetRules);
  const url = useUrlState();
  const mayCreate = useMay(createAgent);
  const isMap = url.get('view') === 'map';
  const grouping = isMap ? undefined : groupingOf(url.get('group'));
  const isTable = !isMap && grouping === undefined;
  // Beside a map or bands only what the list counts is needed of it.
  const agents = useQuery(agentList(isTable ? list.state : { ...list.state, offset: '0', limit: '1' }));
  const page = agents.data;
  const { columns, unread, rereadLabels } = useFleetColumns(isTable ? (page?.rows ?? []) : [], page?.limited !== undefined);
  const go = useGo();
  const isNarrow = useIsNarrow();
  const find = useRef<HTMLInputElement>(null);
  const fields = filterFields(page?.facets ?? {});
  const switching = { isMap, onMap: (map: boolean) => url.set({ view: map ? 'map' : undefined, offset: undefined }) };
  const choosing = {
    by: grouping,
    keys: labelKeys(page?.facets['label'] ?? []),
    onGroup: (by: string | undefined) => url.set({ group: by, offset: undefined }),
  };
  // The only place that knows a new key; closing its dialog forgets it.
  const [created, setCreated] = useState<NewKey>();
  const isCreating = url.get('create') !== undefined;
  const create = (
    <Button
      size="small"
      variant="primary"
      icon={<PlusIcon />}
      why={mayCreate.why}
      aria-haspopup="dialog"
      onClick={() => url.set({ create: 'agent' })}
    >
      {words.agents.create.open}
    </Button>
  );

  const empty = (
    <NoAgents
      isFiltered={list.isFiltered}
      of={page?.totalUnfiltered ?? 0}
      onClear={list.clear}
      create={mayCreate.allowed ? create : undefined}
    />
  );
  const isOld = page !== undefined && (page.stale !== null || agents.isError);
  const known = page && (
    <>
      {isOld && <StaleNote at={page.asOf} />}
      {page.coverage !== undefined && page.totalUnfiltered > 0 && <Coverage coverage={page.coverage} />}
      {page.hiddenByScope > 0 && <span>{words.scope.hiddenAgents(page.hiddenByScope)}</span>}
    </>
  );

  return (
    <Panel
      title={words.fleet.title}
      total={page && <span title={exactNumber(page.total)}>{words.fleet.total(page.total, page.totalUnfiltered)}</span>}
      asOf={page?.asOf}
      ageMs={page?.ageMs}
      actions={
        <>
          {!isNarrow && <ViewSwitch {...switching} />}
          {create}
        </>
      }
    >
      {page?.limited !== undefined && (
        <Banner kind="unknown" title={words.fleet.limited}>
          {words.fleet.limitedText}
        </Banner>
      )}
      <FilterBar list={list} fields={fields} searchLabel={words.fleet.find} find={find}>
        {!isMap && !isNarrow && <GroupMenu {...choosing} />}
      </FilterBar>
      {agents.isError && page === undefined ? (
        <PanelState
          kind="error"
          failure={explain(agents.error, words.fleet.notRead)}
          onRetry={() => void agents.refetch()}
          retrying={agents.isFetching}
        />
      ) : isTable ? (
        <>
          <DataTable<AgentLine>
            label={words.fleet.title}
            columns={columns}
            page={page}
            list={list}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            rowHref={({ id }) => paths.agent(id)}
            narrow={agentLineRow}
            thumbs
            waiting={agents.isPlaceholderData}
            empty={empty}
          />
          {unread > 0 && page !== undefined && (
            <PartialNote onRetry={rereadLabels}>{words.fleet.labelsPartial(page.rows.length - unread, page.rows.length)}</PartialNote>
          )}
          <BottomStrip start={known}>{page && <Pager list={list} total={page.total} />}</BottomStrip>
        </>
      ) : (
        <Suspense
          fallback={
            <>
              <Loading label={words.fleet.title} />
              <BottomStrip />
            </>
          }
        >
          {isMap ? (
            <MapView
              list={list}
              states={page?.facets['state'] ?? []}
              empty={empty}
              start={known}
              isOld={isOld}
              onTable={() => url.set({ view: undefined })}
            />
          ) : (
            <GroupsView key={grouping} by={grouping ?? ''} list={list} empty={empty} start={known} isOld={isOld} />
          )}
        </Suspense>
      )}
      <ListThumbs list={list} fields={fields} columns={isMap ? [] : columns} find={find}>
        <ViewMenu {...switching} {...choosing} />
      </ListThumbs>
      <Suspense>
        {isCreating && mayCreate.allowed && (
          <CreateAgent
            onClose={() => url.set({ create: undefined })}
            onCreated={setCreated}
            onDone={() => url.set({ create: undefined }, true)}
          />
        )}
        {created !== undefined && (
          <CreatedAgent
            created={created}
            onClose={() => {
              setCreated(undefined);
              go(paths.agent(created.agent.id));
            }}
          />
        )}
      </Suspense>
    </Panel>
  );
}

interface NoAgentsProps {
  isFiltered: boolean;
  of: number;
  onClear: () => void;
  /** Absent for those who may not. */
  create: ReactNode;
}
/** Nothing matches, or nothing is there yet: what would be here, and the next step the role allows. */
function NoAgents({ isFiltered, of, onClear, create }: NoAgentsProps) {
  if (isFiltered) {
    return (
      <PanelState
        kind="empty"
        title={words.fleet.noMatch}
        actions={
          <Button size="small" onClick={onClear}>
            {words.ui.clearFilters}
          </Button>
        }
      >
        {words.fleet.noMatchText(of)}
      </PanelState>
    );
  }
  return (
    <PanelState kind="empty" title={words.fleet.empty} actions={create}>
      {create === undefined ? words.fleet.emptyForOthers : words.fleet.emptyText}
    </PanelState>
  );
}
