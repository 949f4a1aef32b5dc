import type { World } from '#bff/lists/world.ts';
import type { Probe } from './look.ts';

/** How many agents are heard within their own rhythm, of those that ever were. */
export function agentsProbe(world: () => World): Probe {
  return async () => {
    const { total, states } = await world().lists.agents.tally();
    const reporting = total - (states['never_reported'] ?? 0);
    const fresh = reporting - (states['silent'] ?? 0) - (states['stale'] ?? 0);
    const status = fresh === reporting ? 'ok' : fresh === 0 ? 'failed' : 'degraded';
    return { status, message: `${fresh} of ${reporting} agents are heard within their rhythm` };
  };
}
