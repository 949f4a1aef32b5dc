import { useQuery } from '@tanstack/react-query';
import { listAudit } from '#contract/ledger.ts';
import type { StackRow } from '#contract/stacks.ts';
import { useMay } from '#web/context/session.tsx';
import { explain } from '#web/lib/failure.ts';
import type { HistoryRow } from '#web/lib/history.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { stackHistory } from '#web/queries/stacks.ts';
import { HistoryTable } from '#web/ui/history-table.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';

const { note } = words.stack.history;
const { title, notRead } = words.agents.history;

export function HistoryTab({ stack }: { stack: StackRow }) {
  const { data, error, isFetching, refetch } = useQuery(stackHistory(stack.id));
  if (data === undefined) {
    return (
      <Card title={title} aside={note} flush>
        {error === null ? (
          <Loading label={title} />
        ) : (
          <PanelState kind="error" failure={explain(error, notRead)} onRetry={() => void refetch()} retrying={isFetching} />
        )}
      </Card>
    );
  }
  return <HistoryCard rows={data.rows} oldSince={error === null ? undefined : data.asOf} />;
}

/** Who did what to this stack; an admin opens the whole record from here. */
export function HistoryCard({ rows, oldSince }: { rows: readonly HistoryRow[]; oldSince?: string | undefined }) {
  const mayAudit = useMay(listAudit).allowed;
  return <HistoryTable rows={rows} note={note} oldSince={oldSince} rowHref={mayAudit ? ({ seq }) => paths.auditRow(seq) : undefined} />;
}
