import { withoutAgents } from '#bff/health/sampler.ts';
import { route } from '#bff/pipeline/route.ts';
import { readSystemHealth } from '#contract/system-health.ts';

export const systemHealthRoutes = [
  route(readSystemHealth, async (_request, { services, caller }) => {
    const health = await services.systemHealth();
    const isTenant = caller?.credential.tenant !== undefined;
    return isTenant ? withoutAgents(health) : health;
  }),
];
