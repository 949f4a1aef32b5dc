import type { QueryClient } from '@tanstack/react-query';
import { type LoaderFunctionArgs, redirect } from 'react-router';
import { readAgent } from '#contract/agents.ts';
import { uuid } from '#contract/fields.ts';
import { listState } from '#web/lib/list-state.ts';
import { agentTabs, paths } from '#web/lib/paths.ts';
import { agentRegistrations, agentTargets } from '#web/queries/agent-bonds.ts';
import { agentAnnotations, agentLabels } from '#web/queries/agent-tags.ts';
import { agentDetail, agentEvents, agentHistory, oneOfFleet } from '#web/queries/agents.ts';
import { agentReach, reachPage, showsReach } from '#web/queries/reach.ts';
import { sessionQuery } from '#web/queries/session.ts';
import { AgentPanel } from './agent-panel.tsx';
import { eventRules } from './event-columns.tsx';

/** Everything the page shows is asked for at once, with the navigation; each part shows its own waiting and its own error. */
export const agentRoute = (client: QueryClient) => ({
  loader({ params, request }: LoaderFunctionArgs) {
    const agentId = params['agentId'] ?? '';
    const tab = params['tab'];
    if (tab !== undefined && !agentTabs.some((known) => known === tab)) throw redirect(paths.agent(agentId));
    if (!uuid.safeParse(agentId).success) return null;
    // To a key that is not shown the agent everything but its record would be a refusal, and each refusal a record in the audit.
    const session = client.getQueryData(sessionQuery.queryKey);
    if (session?.signedIn === true && session.refusals[readAgent.id] !== undefined) {
      void client.prefetchQuery(oneOfFleet(agentId));
      void client.prefetchQuery(agentHistory(agentId));
      return null;
    }
    void client.prefetchQuery(agentDetail(agentId));
    void client.prefetchQuery(agentLabels(agentId));
    void client.prefetchQuery(agentAnnotations(agentId));
    void client.prefetchQuery(agentTargets(agentId));
    void client.prefetchQuery(agentRegistrations(agentId));
    void client.prefetchQuery(agentReach(agentId, showsReach(tab) ? listState(request.url, reachPage) : {}));
    if (tab === 'events') void client.prefetchQuery(agentEvents(agentId, listState(request.url, eventRules)));
    if (tab === 'history') void client.prefetchQuery(agentHistory(agentId));
    return null;
  },
  Component: AgentPanel,
});
