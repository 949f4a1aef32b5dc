import type { QueryClient } from '@tanstack/react-query';
import type { LoaderFunctionArgs } from 'react-router';
import { listState } from '#web/lib/list-state.ts';
import { stackList } from '#web/queries/stacks.ts';
import { stacksRules, StacksPanel } from './stacks-panel.tsx';

/** Reading starts with the navigation; the panel shows its frame meanwhile, and its own error if it fails. */
export const stacksRoute = (client: QueryClient) => ({
  loader({ request }: LoaderFunctionArgs) {
    void client.prefetchQuery(stackList(listState(request.url, stacksRules)));
    return null;
  },
  Component: StacksPanel,
});
