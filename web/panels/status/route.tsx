import type { QueryClient } from '@tanstack/react-query';
import { systemStatus } from '#web/queries/system.ts';
import { StatusPanel } from './status-panel.tsx';

export const statusRoute = (client: QueryClient) => ({
  loader() {
    void client.prefetchQuery(systemStatus);
    return null;
  },
  Component: StatusPanel,
});
