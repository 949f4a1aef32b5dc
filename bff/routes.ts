import type { AnyRoute } from '#bff/pipeline/route.ts';
import { agentBondRoutes } from '#bff/routes/agent-bonds.ts';
import { agentTagRoutes } from '#bff/routes/agent-tags.ts';
import { agentRoutes } from '#bff/routes/agents.ts';
import { auditRoutes } from '#bff/routes/audit.ts';
import { brokerAuditRoutes } from '#bff/routes/broker-audit.ts';
import { draftRoutes } from '#bff/routes/drafts.ts';
import { generatorRoutes } from '#bff/routes/generators.ts';
import { sessionRoutes } from '#bff/routes/session.ts';
import { stackRoutes } from '#bff/routes/stacks.ts';
import { statusRoutes } from '#bff/routes/status.ts';

/** Every operation of the console: what is not in here does not exist. */
export const routes: readonly AnyRoute[] = [
  ...sessionRoutes,
  ...statusRoutes,
  ...agentRoutes,
  ...agentTagRoutes,
  ...agentBondRoutes,
  ...generatorRoutes,
  ...stackRoutes,
  ...draftRoutes,
  ...auditRoutes,
  ...brokerAuditRoutes,
];
