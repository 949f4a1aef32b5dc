import type { QueryClient } from '@tanstack/react-query';
import { type LoaderFunctionArgs, redirect } from 'react-router';
import { uuid } from '#contract/fields.ts';
import { listReachedAgents } from '#contract/reach.ts';
import { listState } from '#web/lib/list-state.ts';
import { paths, stackTabs } from '#web/lib/paths.ts';
import { objectHealth, reachedAgents, reachMatrix } from '#web/queries/reach.ts';
import { stackRevisions } from '#web/queries/revisions.ts';
import { sessionQuery } from '#web/queries/session.ts';
import { stackAnnotations, stackLabels } from '#web/queries/stack-tags.ts';
import { stackDetail, stackHistory } from '#web/queries/stacks.ts';
import { railSize, reachedRules } from './list-defaults.ts';
import { StackPanel } from './stack-panel.tsx';

/** Everything the page shows is asked for at once, with the navigation; each part shows its own waiting and its own error. */
export const stackRoute = (client: QueryClient) => ({
  loader({ params, request }: LoaderFunctionArgs) {
    const stackId = params['stackId'] ?? '';
    const tab = stackTabs.find((known) => known === (params['tab'] ?? 'revisions'));
    if (tab === undefined) throw redirect(paths.stack(stackId));
    if (!uuid.safeParse(stackId).success) return null;
    void client.prefetchQuery(stackDetail(stackId));
    void client.prefetchQuery(stackLabels(stackId));
    void client.prefetchQuery(stackAnnotations(stackId));
    void client.prefetchQuery(stackHistory(stackId));
    void client.prefetchQuery(stackRevisions(stackId, { offset: '0', limit: railSize }));
    const session = client.getQueryData(sessionQuery.queryKey);
    if (!session?.signedIn || session.refusals[listReachedAgents.id] !== undefined) return null;
    if (tab === 'revisions') void client.prefetchQuery(reachMatrix(stackId));
    if (tab === 'agents' || tab === 'health') void client.prefetchQuery(reachedAgents(stackId, listState(request.url, reachedRules)));
    if (tab === 'health') void client.prefetchQuery(objectHealth(stackId));
    return null;
  },
  Component: StackPanel,
});
