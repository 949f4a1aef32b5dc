import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useRef } from 'react';
import { listReachedAgents } from '#contract/reach.ts';
import { createStack, stackFilters, type StackRow, stackSorts } from '#contract/stacks.ts';
import { useMay } from '#web/context/session.tsx';
import { useListState, useUrlState } from '#web/hooks/use-list-state.ts';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import type { ListRules } from '#web/lib/list-state.ts';
import { paths } from '#web/lib/paths.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { generatorChoices } from '#web/queries/generators.ts';
import { factsOfStacks, stackList } from '#web/queries/stacks.ts';
import { Moment } from '#web/ui/age.tsx';
import { BottomStrip, Pager } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import { CoverageNote } from '#web/ui/coverage-note.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { FilterBar, type FilterField } from '#web/ui/filter-bar.tsx';
import { PlusIcon } from '#web/ui/icons.tsx';
import { useGo } from '#web/ui/link.tsx';
import { ListThumbs } from '#web/ui/list-thumbs.tsx';
import { PanelState, PartialNote, StaleNote } from '#web/ui/panel-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { stackColumns } from './columns.tsx';
import { type FactsOf, isPartial } from './stack-facts.ts';
import { stackLineRow } from './stack-line-row.tsx';

// The list is what one comes for; the form is fetched when it is asked for.
const CreateStack = lazy(async () => ({ default: (await import('./create-stack.tsx')).CreateStack }));

const say = words.stacks;
export const stacksRules: ListRules = { sort: 'name', sorts: stackSorts, filters: stackFilters };
const sorts = stackColumns({ factsOf: () => undefined, coverage: undefined });
const offered = ['generator', 'label'] as const satisfies readonly (typeof stackFilters)[number][];

/** The filters that can be offered: those whose values the answer counts. Generators are filtered by id and shown by name. */
function filterFields(facets: Record<string, { value: string; count: number }[]>, nameOf: (generatorId: string) => string): FilterField[] {
  return offered.map((field) => ({
    field,
    label: say.filters[field],
    free: field === 'label',
    repeats: field === 'label',
    options: (facets[field] ?? []).map(({ value, count }) => ({ value, label: field === 'generator' ? nameOf(value) : value, count })),
  }));
}

export function StacksPanel() {
  usePlace({ label: say.title });
  const list = useListState(sorts, stacksRules);
  const url = useUrlState();
  const go = useGo();
  const mayCreate = useMay(createStack);
  const mayKnowReach = useMay(listReachedAgents);
  const stacks = useQuery(stackList(list.state));
  const page = stacks.data;
  const generators = useQuery({ ...generatorChoices(), refetchInterval: false, staleTime: 60_000 });
  const generatorName = (generatorId: string) => generators.data?.rows.find(({ id }) => id === generatorId)?.name ?? generatorId;
  const facts = useQuery(factsOfStacks(page?.rows.map(({ id }) => id) ?? []));
  const find = useRef<HTMLInputElement>(null);
  const fields = filterFields(page?.facets ?? {}, generatorName);
  const factsById = new Map(facts.data?.rows.map((row) => [row.stackId, row]));
  const factsOf: FactsOf = (stackId) => factsById.get(stackId) ?? (facts.isError ? null : undefined);
  const columns = stackColumns({ factsOf, coverage: page?.coverage });
  const partial = page?.rows.filter(({ id }) => isPartial(factsOf(id))).length ?? 0;
  const create = (
    <Button
      size="small"
      variant="primary"
      icon={<PlusIcon />}
      why={mayCreate.why}
      aria-haspopup="dialog"
      onClick={() => url.set({ create: 'stack' })}
    >
      {say.create.open}
    </Button>
  );
  const narrow = (row: StackRow) => stackLineRow(row, factsOf(row.id), page?.coverage);

  return (
    <Panel
      title={say.title}
      total={page && say.total(page.total, page.totalUnfiltered)}
      asOf={page?.asOf}
      ageMs={page?.ageMs}
      actions={create}
    >
      <FilterBar list={list} fields={fields} searchLabel={say.find} find={find} />
      {stacks.isError && page === undefined ? (
        <PanelState
          kind="error"
          failure={explain(stacks.error, say.notRead)}
          onRetry={() => void stacks.refetch()}
          retrying={stacks.isFetching}
        />
      ) : (
        <Moment at={facts.data?.receivedAt}>
          <DataTable<StackRow>
            label={say.title}
            columns={columns}
            page={page}
            list={list}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            rowHref={({ id }) => paths.stack(id)}
            narrow={narrow}
            thumbs
            waiting={stacks.isPlaceholderData}
            empty={
              <NoStacks
                isFiltered={list.isFiltered}
                of={page?.totalUnfiltered ?? 0}
                onClear={list.clear}
                create={mayCreate.allowed ? create : undefined}
              />
            }
          />
        </Moment>
      )}
      {partial > 0 && page !== undefined && (
        <PartialNote onRetry={() => void facts.refetch()}>{say.factsPartial(page.rows.length - partial, page.rows.length)}</PartialNote>
      )}
      <BottomStrip
        start={
          page && (
            <>
              {(page.stale !== null || stacks.isError) && <StaleNote at={page.asOf} />}
              {page.coverage !== undefined && (
                <Moment at={momentOf(page)}>
                  <CoverageNote coverage={page.coverage} />
                </Moment>
              )}
              {page.coverage?.total === 0 && page.totalUnfiltered > 0 && mayKnowReach.allowed && (
                <span className="muted">{say.reachBegins}</span>
              )}
              {mayKnowReach.why !== undefined && <span className="muted">{say.reachNotShown}</span>}
              {page.hiddenByScope > 0 && <span className="muted">{say.hidden(page.hiddenByScope)}</span>}
            </>
          )
        }
      >
        {page && <Pager list={list} total={page.total} />}
      </BottomStrip>
      <ListThumbs list={list} fields={fields} columns={columns} find={find} />
      <Suspense>
        {url.get('create') !== undefined && mayCreate.allowed && (
          <CreateStack onClose={() => url.set({ create: undefined })} onCreated={({ id }) => go(paths.stack(id))} />
        )}
      </Suspense>
    </Panel>
  );
}

interface NoStacksProps {
  isFiltered: boolean;
  of: number;
  onClear: () => void;
  /** Absent for those who may not. */
  create: ReactNode;
}
/** Nothing matches, or nothing is there yet: what would be here, and the next step the role allows. */
function NoStacks({ isFiltered, of, onClear, create }: NoStacksProps) {
  if (isFiltered) {
    return (
      <PanelState
        kind="empty"
        title={say.noMatch}
        actions={
          <Button size="small" onClick={onClear}>
            {words.ui.clearFilters}
          </Button>
        }
      >
        {say.noMatchText(of)}
      </PanelState>
    );
  }
  return (
    <PanelState kind="empty" title={say.empty} actions={create}>
      {create === undefined ? say.emptyForOthers : say.emptyText}
    </PanelState>
  );
}
