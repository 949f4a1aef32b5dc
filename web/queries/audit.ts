import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listAudit, listBrokerAudit, readAudit } from '#contract/ledger.ts';
import { call } from '#web/api/call.ts';
import { rereadEvery } from '#web/api/query-client.ts';
import type { AuditAsk, BrokerAuditAsk } from '#web/lib/audit-state.ts';

export const auditList = (ask: AuditAsk) =>
  queryOptions({
    queryKey: ['audit', 'list', ask],
    queryFn: ({ signal }) => call(listAudit, { query: ask }, signal),
    placeholderData: keepPreviousData,
  });
/** A change takes seconds at the most. */
const rereadPendingMs = 2000;
/** Its outcome may still be written; after that a record never changes. */
export const auditRecord = (seq: number) =>
  queryOptions({
    queryKey: ['audit', 'record', seq],
    queryFn: ({ signal }) => call(readAudit, { params: { seq: String(seq) } }, signal),
    refetchInterval: (query) => query.state.data?.outcome === 'pending' && rereadEvery(rereadPendingMs)(query),
  });
export const brokerAuditList = (ask: BrokerAuditAsk) =>
  queryOptions({
    queryKey: ['audit', 'broker', ask],
    queryFn: ({ signal }) => call(listBrokerAudit, { query: ask }, signal),
    placeholderData: keepPreviousData,
  });
