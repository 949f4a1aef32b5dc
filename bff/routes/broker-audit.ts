import { route } from '#bff/pipeline/route.ts';
import { listBrokerAudit } from '#contract/ledger.ts';

export const brokerAuditRoutes = [
  route(listBrokerAudit, async ({ query }, context) => {
    const { logs, total } = await context.world.broker.auditLogs.list(query, context);
    const rows = logs.map((row) => ({
      id: row.id,
      at: row.timestamp,
      actor: row.actor_name ?? row.actor_type,
      action: row.action,
      resourceKind: row.resource_type,
      resourceId: row.resource_id,
      details: row.details,
    }));
    return { rows, total, asOf: new Date(context.clock.now()).toISOString() };
  }),
];
