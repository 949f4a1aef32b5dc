import { route, type AnyRoute, type Context } from '#bff/pipeline/route.ts';
import { ProblemError } from '#contract/problem.ts';
import { readStatus } from '#contract/status.ts';

/** How this installation does, for whoever is signed in. */
export const statusRoutes: readonly AnyRoute[] = [
  route(readStatus, async (_request, context) => {
    const [own, fleet] = await Promise.all([context.services.status(), fleetFigures(context)]);
    return { ...own, ...fleet };
  }),
];

/** Unknown while the fleet cannot be read: a status page must be there when other things are not. */
async function fleetFigures({ world }: Context): Promise<{ activeAgents: number | null; lastHeartbeatAgeMs: number | null }> {
  try {
    const { total, rows } = await world.lists.agents.page({ offset: 0, limit: 1, sort: 'heartbeatAge', filter: ['status:ACTIVE'] });
    return { activeAgents: total, lastHeartbeatAgeMs: rows[0]?.heartbeatAgeMs ?? null };
  } catch (error) {
    if (error instanceof ProblemError) return { activeAgents: null, lastHeartbeatAgeMs: null };
    throw error;
  }
}
