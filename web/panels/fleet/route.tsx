import type { QueryClient } from '@tanstack/react-query';
import type { LoaderFunctionArgs } from 'react-router';
import { listState } from '#web/lib/list-state.ts';
import { agentList } from '#web/queries/agents.ts';
import { FleetPanel, fleetRules } from './fleet-panel.tsx';

/** Reading starts with the navigation; the panel shows its frame meanwhile, and its own error if it fails. */
export const fleetRoute = (client: QueryClient) => ({
  loader({ request }: LoaderFunctionArgs) {
    void client.prefetchQuery(agentList(listState(request.url, fleetRules)));
    return null;
  },
  Component: FleetPanel,
});
