import { useQuery } from '@tanstack/react-query';
import type { AgentRow } from '#contract/agents.ts';
import type { AuditRow } from '#contract/audit.ts';
import { listAudit } from '#contract/ledger.ts';
import { useMay } from '#web/context/session.tsx';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { outcomeSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { agentHistory } from '#web/queries/agents.ts';
import { Age } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Id } from '#web/ui/id.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { Person } from '#web/ui/person.tsx';
import { Mark, StateMark } from '#web/ui/state-mark.tsx';
import css from './agent.module.css';

const { history } = words.agents;

export function HistoryTab({ agent }: { agent: AgentRow }) {
  const { data, error, isFetching, refetch } = useQuery(agentHistory(agent.id));
  if (data === undefined) {
    return (
      <Card title={history.title} aside={history.note} flush>
        {error === null ? (
          <Loading label={history.title} />
        ) : (
          <PanelState kind="error" failure={explain(error, history.notRead)} onRetry={() => void refetch()} retrying={isFetching} />
        )}
      </Card>
    );
  }
  return <HistoryCard rows={data.rows} oldSince={error === null ? undefined : data.asOf} />;
}

const columns: readonly Column<AuditRow>[] = [
  { key: 'at', head: history.columns.at, width: 96, cell: ({ at }) => <Age at={at} /> },
  {
    key: 'who',
    head: history.columns.who,
    width: 200,
    cell: ({ person }) =>
      person === null ? <span className="muted">{words.audit.nobody}</span> : <Person name={person.name} role={person.role} />,
  },
  { key: 'action', head: history.columns.action, width: 232, cell: ({ type }) => <span title={type}>{words.audit.actions[type]}</span> },
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
function Outcome({ row: { outcome, code } }: { row: AuditRow }) {
  return (
    <span className={css['mark']} title={code ?? words.audit.outcomeMeaning[outcome]}>
      <StateMark sign={outcomeSign(outcome)} value={outcome} />
    </span>
  );
}
function Reason({ reason }: { reason: string | null }) {
  if (reason === null) return null;
  return (
    <span className={css['message']} title={reason}>
      <bdi>{reason}</bdi>
    </span>
  );
}
function historyLine({ at, person, type, outcome, reason }: AuditRow): NarrowRow {
  return {
    mark: <Mark kind={outcomeSign(outcome).kind} />,
    title: <span className={css['answerTitle']}>{words.audit.actions[type]}</span>,
    aside: <Age at={at} />,
    line: [person?.name ?? words.audit.nobody, outcomeSign(outcome).word, reason].filter(Boolean).join(', '),
  };
}

/** Who did what to this agent; an admin opens the whole record from here. */
export function HistoryCard({ rows, oldSince }: { rows: readonly AuditRow[]; oldSince?: string | undefined }) {
  const mayAudit = useMay(listAudit).allowed;
  return (
    <Card title={history.title} aside={history.note} flush>
      <DataTable
        variant="panelled"
        label={history.title}
        columns={columns}
        page={{ rows }}
        rowKey={({ seq }) => String(seq)}
        rowName={({ type }) => words.audit.actions[type]}
        {...(mayAudit && { rowHref: ({ seq }: AuditRow) => paths.auditRow(seq) })}
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
