import { actionOf, type HistoryRow, outcomeOf, whoOf } from '#web/lib/history.ts';
import { words } from '#web/lib/words/index.ts';
import { Age } from './age.tsx';
import type { Column } from './columns.ts';
import { DataTable } from './data-table.tsx';
import css from './history-table.module.css';
import { Id } from './id.tsx';
import type { NarrowRow } from './narrow-list.tsx';
import { PanelState, StaleNote } from './panel-state.tsx';
import { Card } from './panel.tsx';
import { Person } from './person.tsx';
import { Mark, StateMark } from './state-mark.tsx';

const { history } = words.agents;

const columns: readonly Column<HistoryRow>[] = [
  { key: 'at', head: history.columns.at, width: 96, cell: ({ at }) => <Age at={at} /> },
  {
    key: 'who',
    head: history.columns.who,
    width: 200,
    cell: ({ person }) =>
      person === null ? <span className="muted">{words.audit.nobody}</span> : <Person name={person.name} role={person.role} />,
  },
  { key: 'action', head: history.columns.action, width: 232, cell: (row) => <span title={row.type}>{actionOf(row)}</span> },
  { key: 'outcome', head: history.columns.outcome, width: 128, cell: (row) => <Outcome row={row} /> },
  { key: 'reason', head: history.columns.reason, minWidth: 160, leaves: 2, cell: ({ reason }) => <Reason reason={reason} /> },
  {
    key: 'request',
    head: history.columns.request,
    width: 208,
    leaves: 1,
    cell: ({ requestId }) => <Id id={requestId} what={words.audit.requestId} />,
  },
];
function Outcome({ row }: { row: HistoryRow }) {
  const { sign, meaning } = outcomeOf(row);
  return (
    <span className={css['mark']} title={meaning}>
      <StateMark sign={sign} value={row.outcome} />
    </span>
  );
}
function Reason({ reason }: { reason: string | null }) {
  if (reason === null) return null;
  return (
    <span className={css['reason']} title={reason}>
      <bdi>{reason}</bdi>
    </span>
  );
}
function historyLine(row: HistoryRow): NarrowRow {
  const { sign } = outcomeOf(row);
  return {
    mark: <Mark kind={sign.kind} />,
    title: <span className={css['action']}>{actionOf(row)}</span>,
    aside: <Age at={row.at} />,
    line: [whoOf(row), sign.word, row.reason].filter(Boolean).join(', '),
  };
}

interface HistoryTableProps {
  rows: readonly HistoryRow[];
  /** What stands beside the title: of what it is the history. */
  note: string;
  oldSince?: string | undefined;
  /** Where the whole record is, for those who may read it. */
  rowHref?: ((row: HistoryRow) => string) | undefined;
}
/** Who did what to one thing. */
export function HistoryTable({ rows, note, oldSince, rowHref }: HistoryTableProps) {
  return (
    <Card title={history.title} aside={note} flush>
      <DataTable
        variant="panelled"
        label={history.title}
        columns={columns}
        page={{ rows }}
        rowKey={({ seq }) => String(seq)}
        rowName={actionOf}
        {...(rowHref && { rowHref })}
        narrow={historyLine}
        empty={
          <PanelState kind="empty" title={history.empty}>
            {history.emptyText}
          </PanelState>
        }
      />
      {oldSince !== undefined && <StaleNote at={oldSince} />}
    </Card>
  );
}
