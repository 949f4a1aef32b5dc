import type { AnyRoute } from '#bff/pipeline/route.ts';
import { agentBondRoutes } from './agent-bonds.ts';
import { agentTagRoutes } from './agent-tags.ts';
import { agentRoutes } from './agents.ts';
import { auditRoutes } from './audit.ts';
import { brokerAuditRoutes } from './broker-audit.ts';
import { configurationRoutes } from './configuration.ts';
import { draftRoutes } from './drafts.ts';
import { fleetViewRoutes } from './fleet-views.ts';
import { generatorRoutes } from './generators.ts';
import { reachRoutes } from './reach.ts';
import { revisionRoutes } from './revisions.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { stackTagRoutes } from './stack-tags.ts';
import { stackRoutes } from './stacks.ts';
import { statusRoutes } from './status.ts';
import { systemHealthRoutes } from './system-health.ts';

/** Everything the console answers under `/api`, whoever carries it. */
export const routes: readonly AnyRoute[] = [
  ...sessionRoutes,
  ...statusRoutes,
  ...systemHealthRoutes,
  ...configurationRoutes,
  ...draftRoutes,
  ...agentRoutes,
  ...agentTagRoutes,
  ...agentBondRoutes,
  ...generatorRoutes,
  ...stackRoutes,
  ...stackTagRoutes,
  ...revisionRoutes,
  ...reachRoutes,
  ...fleetViewRoutes,
  ...searchRoutes,
  ...auditRoutes,
  ...brokerAuditRoutes,
];
