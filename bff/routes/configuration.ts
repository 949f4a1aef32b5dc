import { route, type AnyRoute } from '#bff/pipeline/route.ts';
import { reloadConfiguration } from '#contract/configuration.ts';

export const configurationRoutes: readonly AnyRoute[] = [
  route(reloadConfiguration, (_request, { services, observe }) => {
    observe({ resource: { kind: 'console', id: null, name: 'configuration' } });
    const change = services.reload();
    observe(change);
    return change;
  }),
];
