import { queryOptions } from '@tanstack/react-query';
import { readStatus } from '#contract/status.ts';
import { readSystemHealth } from '#contract/system-health.ts';
import { call } from '#web/api/call.ts';
import { serverNow } from '#web/lib/time.ts';
import { consoleAnswered } from '#web/stores/link.ts';

export const systemHealth = queryOptions({ queryKey: ['system', 'health'], queryFn: ({ signal }) => call(readSystemHealth, {}, signal) });
/** The answer carries ages and no time of its own: they count from `receivedAt`. */
export const systemStatus = queryOptions({
  queryKey: ['system', 'status'],
  queryFn: async ({ signal }) => {
    const status = await call(readStatus, {}, signal);
    const receivedAt = serverNow();
    consoleAnswered(receivedAt);
    return { ...status, receivedAt: new Date(receivedAt).toISOString() };
  },
});
