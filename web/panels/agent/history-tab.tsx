import { useQuery } from '@tanstack/react-query';
import type { AgentRow } from '#contract/agents.ts';
import { listAudit } from '#contract/ledger.ts';
import { useMay } from '#web/context/session.tsx';
import { explain } from '#web/lib/failure.ts';
import type { HistoryRow } from '#web/lib/history.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { agentHistory } from '#web/queries/agents.ts';
import { HistoryTable } from '#web/ui/history-table.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';

const { history } = words.agents;

export function HistoryTab({ agent }: { agent: Pick<AgentRow, 'id'> }) {
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

/** Who did what to this agent; an admin opens the whole record from here. */
export function HistoryCard({ rows, oldSince }: { rows: readonly HistoryRow[]; oldSince?: string | undefined }) {
  const mayAudit = useMay(listAudit).allowed;
  return (
    <HistoryTable rows={rows} note={history.note} oldSince={oldSince} rowHref={mayAudit ? ({ seq }) => paths.auditRow(seq) : undefined} />
  );
}
