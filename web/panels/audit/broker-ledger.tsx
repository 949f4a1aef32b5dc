import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { BrokerAuditRow } from '#contract/ledger.ts';
import { useListState } from '#web/hooks/use-list-state.ts';
import { brokerAuditAsk } from '#web/lib/audit-state.ts';
import { explain } from '#web/lib/failure.ts';
import { zoneOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { brokerAuditList } from '#web/queries/audit.ts';
import { BottomStrip, Pager } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import { Banner } from '#web/ui/cause-note.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { FilterBar } from '#web/ui/filter-bar.tsx';
import { ListThumbs } from '#web/ui/list-thumbs.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { useIsNarrow } from '#web/ui/use-width.ts';
import { When } from './audit-columns.tsx';
import css from './audit.module.css';
import { BrokerRowDrawer } from './broker-row-drawer.tsx';
import { SourceMenu, SourceSwitch } from './source-switch.tsx';

const { brokerColumns: heads } = words.audit;
/** It has one order, the newest first, and only its action to filter by. */
const rules = { sorts: [], filters: [] };
const detailsOf = ({ details }: BrokerAuditRow) => (details === null ? '' : JSON.stringify(details));

const columns: readonly Column<BrokerAuditRow>[] = [
  { key: 'at', head: words.audit.when(zoneOf()), width: 168, cell: ({ at }) => <When at={at} /> },
  {
    key: 'actor',
    head: heads.actor,
    width: 176,
    cell: ({ actor }) => (
      <span className={css['text']} title={actor}>
        {actor}
      </span>
    ),
  },
  { key: 'action', head: heads.action, width: 192, cell: ({ action }) => <span className="mono">{action}</span> },
  { key: 'kind', head: heads.kind, width: 144, leaves: 1, cell: ({ resourceKind }) => <span className="secondary">{resourceKind}</span> },
  {
    key: 'object',
    head: heads.object,
    width: 296,
    leaves: 2,
    cell: ({ resourceId }) => <span className="mono secondary">{resourceId}</span>,
  },
  {
    key: 'details',
    head: heads.details,
    minWidth: 160,
    cell: (row) => (
      <span className={css['details']} title={detailsOf(row)}>
        {detailsOf(row)}
      </span>
    ),
  },
];
const brokerLine = (row: BrokerAuditRow): NarrowRow => ({
  title: row.action,
  aside: <When at={row.at} />,
  line: [row.actor, row.resourceKind, detailsOf(row)].filter(Boolean).join(', '),
});

/** The broker's own record, as it is: best effort, and never part of the console's chain. */
export function BrokerLedger() {
  const list = useListState(columns, rules);
  const isNarrow = useIsNarrow();
  const find = useRef<HTMLInputElement>(null);
  const ledger = useQuery(
    brokerAuditList(
      brokerAuditAsk(new URLSearchParams({ ...(list.q !== '' && { q: list.q }), offset: String(list.offset), limit: String(list.limit) })),
    ),
  );
  const page = ledger.data;
  const rows = page?.rows ?? [];
  const at = rows.findIndex(({ id }) => id === list.opened);
  const row = rows[at];
  return (
    <Panel
      title={words.audit.title}
      total={page && words.audit.count(page.total, page.total)}
      asOf={page?.asOf}
      actions={isNarrow ? undefined : <SourceSwitch source="broker" />}
    >
      <Banner kind="unknown" title={words.audit.brokerNoteTitle}>
        {words.audit.brokerNote}
      </Banner>
      <FilterBar list={list} fields={[]} searchLabel={words.audit.findBroker} find={find} />
      {ledger.isError && page === undefined ? (
        <PanelState
          kind="error"
          failure={explain(ledger.error, words.audit.brokerNotRead)}
          onRetry={() => void ledger.refetch()}
          retrying={ledger.isFetching}
        />
      ) : (
        <DataTable
          label={words.audit.sources.broker}
          columns={columns}
          page={page}
          list={list}
          rowKey={({ id }) => id}
          rowName={({ action, resourceKind }) => `${action} ${resourceKind}`}
          onPeek={({ id }) => list.open(id)}
          narrow={brokerLine}
          waiting={ledger.isPlaceholderData}
          empty={
            list.isFiltered ? (
              <PanelState
                kind="empty"
                title={words.audit.noMatch}
                actions={
                  <Button size="small" onClick={list.clear}>
                    {words.ui.clearFilters}
                  </Button>
                }
              />
            ) : (
              <PanelState kind="empty" title={words.audit.brokerEmpty}>
                {words.audit.brokerEmptyText}
              </PanelState>
            )
          }
        />
      )}
      <BottomStrip start={page && ledger.isError && <StaleNote at={page.asOf} />}>
        {page && <Pager list={list} total={page.total} />}
      </BottomStrip>
      <ListThumbs list={list} fields={[]} find={find}>
        <SourceMenu source="broker" />
      </ListThumbs>
      {row !== undefined && (
        <BrokerRowDrawer
          row={row}
          place={words.audit.position(at + 1, rows.length)}
          onClose={() => list.open(undefined)}
          onWalk={(step) => {
            const next = rows[at + step];
            if (next !== undefined) list.open(next.id);
          }}
        />
      )}
    </Panel>
  );
}
