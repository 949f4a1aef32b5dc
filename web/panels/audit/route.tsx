import type { QueryClient } from '@tanstack/react-query';
import type { LoaderFunctionArgs } from 'react-router';
import { listAudit } from '#contract/ledger.ts';
import { auditAsk, brokerAuditAsk } from '#web/lib/audit-state.ts';
import { auditList, brokerAuditList } from '#web/queries/audit.ts';
import { sessionQuery } from '#web/queries/session.ts';
import { AuditPanel } from './audit-panel.tsx';

/** Asks only for those who may read it: a refused question would be a record of its own. */
export const auditRoute = (client: QueryClient) => ({
  loader({ request }: LoaderFunctionArgs) {
    const session = client.getQueryData(sessionQuery.queryKey);
    if (!session?.signedIn || session.refusals[listAudit.id] !== undefined) return null;
    const { searchParams } = new URL(request.url);
    if (searchParams.get('source') === 'broker') void client.prefetchQuery(brokerAuditList(brokerAuditAsk(searchParams)));
    else void client.prefetchQuery(auditList(auditAsk(searchParams)));
    return null;
  },
  Component: AuditPanel,
});
