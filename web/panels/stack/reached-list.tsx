import type { Page } from '#contract/list.ts';
import { type ReachedAgent, reachedAgentFilters } from '#contract/reach.ts';
import { reachStates } from '#contract/stacks.ts';
import { isWhole } from '#web/lib/coverage.ts';
import type { ListControls } from '#web/lib/list-state.ts';
import { reachStateWords } from '#web/lib/words/en/states.ts';
import { words } from '#web/lib/words/index.ts';
import { Age } from '#web/ui/age.tsx';
import { BottomStrip, Pager } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import { CoverageNote } from '#web/ui/coverage-note.tsx';
import type { FilterField } from '#web/ui/filter-bar.tsx';
import { PanelState, StaleNote } from '#web/ui/panel-state.tsx';

type ReachedPage = Page<ReachedAgent>;
const say = words.stack.agents;
const stateWord = (value: string) => reachStateWords[reachStates.find((state) => state === value) ?? 'unconfirmed'];

/** The filters of all lists of reached agents: those whose values the answer counts. */
export const reachedFilters = (facets: ReachedPage['facets']): FilterField[] =>
  reachedAgentFilters
    .filter((field) => field === 'state' || field === 'cluster')
    .map((field) => ({
      field,
      label: say.filters[field],
      options: (facets[field] ?? []).map(({ value, count }) => ({ value, label: field === 'state' ? stateWord(value) : value, count })),
    }));

export function ReachedTitle({ page }: { page: ReachedPage }) {
  return (
    <>
      {say.total(page.total, page.totalUnfiltered)} · <Age at={page.asOf} ago />
    </>
  );
}
export function ReachedStrip({ page, list, isOld }: { page: ReachedPage | undefined; list: ListControls; isOld: boolean }) {
  return (
    <BottomStrip
      start={
        page && (
          <>
            {(page.stale !== null || isOld) && <StaleNote at={page.asOf} />}
            {page.coverage !== undefined && <CoverageNote coverage={page.coverage} />}
          </>
        )
      }
    >
      {page && <Pager list={list} total={page.total} />}
    </BottomStrip>
  );
}
/** Nothing matches, nobody is reached, or nobody is known to be yet. */
export function NoReached({ list, page }: { list: ListControls; page: ReachedPage | undefined }) {
  if (list.isFiltered) {
    return (
      <PanelState
        kind="empty"
        title={say.noMatch}
        actions={
          <Button size="small" onClick={list.clear}>
            {words.ui.clearFilters}
          </Button>
        }
      >
        {say.noMatchText(page?.totalUnfiltered ?? 0)}
      </PanelState>
    );
  }
  const known = isWhole(page?.coverage);
  return (
    <PanelState kind="empty" title={known ? say.empty : say.emptyPartly}>
      {known ? say.emptyText : say.emptyPartlyText}
    </PanelState>
  );
}
