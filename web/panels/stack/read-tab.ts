import type { QueryClient } from '@tanstack/react-query';
import type { ListState } from '#web/lib/list-state.ts';
import type { StackTab } from '#web/lib/paths.ts';
import { reachedAgents } from '#web/queries/reach.ts';
import { stackRevisions } from '#web/queries/revisions.ts';

/** The rail shows few at a time, and Roll back… looks no further. */
export const railSize = '25';
/** Worst first, as the lists of agents come by themselves. */
export const reachedDefaults = { sort: 'state' };
/** Only those that an explicit target reaches. */
export const targetedOnly = 'by:target';

/** Starts what one tab shows beyond the page's own facts. */
export function readTab(client: QueryClient, stackId: string, tab: StackTab, list: ListState): void {
  void client.prefetchQuery(stackRevisions(stackId, { offset: '0', limit: railSize }));
  if (tab === 'agents' || tab === 'health') void client.prefetchQuery(reachedAgents(stackId, { ...reachedDefaults, ...list }));
}
