import { useQuery } from '@tanstack/react-query';
import { listLabelsOfAgents } from '#contract/agent-tags.ts';
import type { AgentLine } from '#contract/agents.ts';
import { useMay } from '#web/context/session.tsx';
import { labelsOfAgents } from '#web/queries/agent-tags.ts';
import type { Column } from '#web/ui/columns.ts';
import { fleetColumns } from './columns.tsx';

interface FleetColumns {
  columns: readonly Column<AgentLine>[];
  /** Rows whose labels could not be read. */
  unread: number;
  rereadLabels: () => void;
}
/** The columns with the labels of the rows that are shown; without what the caller's key may not read. */
export function useFleetColumns(rows: readonly AgentLine[], isLimited: boolean): FleetColumns {
  const mayReadLabels = useMay(listLabelsOfAgents).allowed;
  const labels = useQuery(labelsOfAgents(mayReadLabels ? rows.map(({ id }) => id) : []));
  // What no answer tells of is unread once there was a failure, and being read before.
  const labelsOf = (agentId: string) => labels.data?.get(agentId) ?? (labels.isError ? { labels: null, readAt: 0 } : undefined);
  return {
    columns: fleetColumns(mayReadLabels && labelsOf, isLimited),
    unread: mayReadLabels ? rows.filter(({ id }) => labelsOf(id)?.labels === null).length : 0,
    rereadLabels: () => void labels.refetch(),
  };
}
