import { listAudit, readAudit } from '#contract/ledger.ts';
import { ProblemError } from '#contract/problem.ts';
import { route, type AnyRoute } from '#bff/pipeline/route.ts';

/** The console's own record of people. Looking into it is recorded as well, by what was looked for. */
export const auditRoutes: readonly AnyRoute[] = [
  route(listAudit, ({ query }, { services, observe }) => {
    const { before: _before, limit: _limit, ...filters } = query;
    observe({ after: filters });
    return services.audit.list(query);
  }),
  route(readAudit, async ({ params }, { services }) => {
    const row = await services.audit.read(params.seq);
    if (!row) throw new ProblemError('not_found', 'There is no audit row with this number');
    return row;
  }),
];
