import { route } from '#bff/pipeline/route.ts';
import { worstStatus } from '#contract/status.ts';
import { readSystemHealth } from '#contract/system-health.ts';

export const systemHealthRoutes = [
  route(readSystemHealth, async (_request, { services, caller }) => {
    const health = await services.systemHealth();
    if (caller?.credential.tenant === undefined) return health;
    const components = health.components.filter(({ component }) => component !== 'agents');
    return { ...health, components, overall: worstStatus(components) };
  }),
];
