import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { AuditOutcome, type AuditRow, auditTypes } from '#contract/audit.ts';
import { explain } from '#web/lib/failure.ts';
import { outcomeSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { auditList } from '#web/queries/audit.ts';
import { BottomStrip, KeysetPager } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { FilterBar, type FilterField } from '#web/ui/filter-bar.tsx';
import { ListThumbs } from '#web/ui/list-thumbs.tsx';
import { PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { useIsNarrow } from '#web/ui/use-width.ts';
import { auditColumns, auditLine } from './audit-columns.tsx';
import { RecordDrawer } from './record-drawer.tsx';
import { SourceMenu, SourceSwitch } from './source-switch.tsx';
import { TimeRange, TimeRangeMenu } from './time-range.tsx';
import { useAuditFilters } from './use-audit-filters.ts';

/** Persons that can be chosen: those on the page, and the one already chosen. */
function personOptions(rows: readonly AuditRow[], chosen: string | undefined) {
  const names = new Map(rows.flatMap(({ person }) => (person === null ? [] : [[person.id, person.name] as const])));
  if (chosen !== undefined && !names.has(chosen)) names.set(chosen, chosen);
  return [...names].map(([value, label]) => ({ value, label }));
}

export function ConsoleLedger() {
  const filters = useAuditFilters();
  const { ask, bar } = filters;
  const ledger = useQuery(auditList(ask));
  const page = ledger.data;
  const isNarrow = useIsNarrow();
  const find = useRef<HTMLInputElement>(null);
  const times = { from: ask.from, to: ask.to, onChange: filters.between };
  const rows = page?.rows ?? [];
  const at = rows.findIndex(({ seq }) => seq === filters.opened);
  const fields: FilterField[] = [
    { field: 'type', label: words.audit.filters.type, positiveOnly: true, options: auditTypes.map((value) => ({ value })) },
    {
      field: 'outcome',
      label: words.audit.filters.outcome,
      positiveOnly: true,
      options: AuditOutcome.options.map((value) => ({ value, label: outcomeSign(value).word })),
    },
    { field: 'person', label: words.audit.filters.person, positiveOnly: true, single: true, options: personOptions(rows, ask.person) },
  ];
  return (
    <Panel
      title={words.audit.title}
      total={page && words.audit.count(page.matching, page.total)}
      asOf={page?.asOf}
      actions={isNarrow ? undefined : <SourceSwitch source="console" />}
    >
      <FilterBar list={bar} fields={fields} searchLabel={words.audit.find} find={find}>
        {!isNarrow && <TimeRange {...times} />}
      </FilterBar>
      {ledger.isError && page === undefined ? (
        <PanelState
          kind="error"
          failure={explain(ledger.error, words.audit.notRead)}
          onRetry={() => void ledger.refetch()}
          retrying={ledger.isFetching}
        />
      ) : (
        <DataTable
          label={words.audit.title}
          columns={auditColumns}
          page={page}
          list={{ sort: undefined, sortBy: () => undefined, opened: String(filters.opened) }}
          rowKey={({ seq }) => String(seq)}
          rowName={({ type, seq }) => words.audit.row(type, seq)}
          onPeek={({ seq }) => filters.open(seq)}
          narrow={auditLine}
          waiting={ledger.isPlaceholderData}
          empty={<NoRecords isFiltered={bar.isFiltered} of={page?.total ?? 0} onClear={bar.clear} />}
        />
      )}
      <BottomStrip start={page && ledger.isError && <StaleNote at={page.asOf} />}>
        {page && (
          <KeysetPager
            newestHref={ask.before === undefined ? undefined : filters.hrefBefore(undefined)}
            olderHref={page.next === null ? undefined : filters.hrefBefore(page.next)}
          />
        )}
      </BottomStrip>
      <ListThumbs list={bar} fields={fields} find={find}>
        <TimeRangeMenu {...times} />
        <SourceMenu source="console" />
      </ListThumbs>
      {Number.isInteger(filters.opened) && (
        <RecordDrawer
          key={filters.opened}
          seq={filters.opened}
          place={at < 0 ? undefined : words.audit.position(at + 1, rows.length)}
          onClose={() => filters.open(undefined)}
          onWalk={(step) => {
            const next = rows[at + step];
            if (at >= 0 && next !== undefined) filters.open(next.seq);
          }}
        />
      )}
    </Panel>
  );
}

function NoRecords({ isFiltered, of, onClear }: { isFiltered: boolean; of: number; onClear: () => void }) {
  return isFiltered ? (
    <PanelState
      kind="empty"
      title={words.audit.noMatch}
      actions={
        <Button size="small" onClick={onClear}>
          {words.ui.clearFilters}
        </Button>
      }
    >
      {words.audit.noMatchText(of)}
    </PanelState>
  ) : (
    <PanelState kind="empty" title={words.audit.empty}>
      {words.audit.emptyText}
    </PanelState>
  );
}
