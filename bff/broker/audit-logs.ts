import type { BrokerHttp, CallScope } from './broker-http.ts';
import { WireAuditLogs } from './wire.ts';

export interface AuditLogQuery {
  offset: number;
  limit: number;
  /** Exact, or a prefix that ends with `*`. */
  action?: string | undefined;
  resourceId?: string | undefined;
}
export const brokerAuditLogs = (http: BrokerHttp) => ({
  list: ({ offset, limit, action, resourceId }: AuditLogQuery, scope: CallScope) =>
    http.json('listAuditLogs', {}, WireAuditLogs, scope, {
      query: { offset: String(offset), limit: String(limit), action, resource_id: resourceId },
    }),
});
