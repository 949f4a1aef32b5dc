import type { QueryClient } from '@tanstack/react-query';
import { systemHealth } from '#web/queries/system.ts';
import { HealthPanel } from './health-panel.tsx';

export const healthRoute = (client: QueryClient) => ({
  loader() {
    void client.prefetchQuery(systemHealth);
    return null;
  },
  Component: HealthPanel,
});
