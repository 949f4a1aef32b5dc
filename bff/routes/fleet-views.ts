import type { GroupBy } from '#bff/lists/fleet-views.ts';
import { route } from '#bff/pipeline/route.ts';
import { listAgentGroups, readFleetMap } from '#contract/fleet-views.ts';

/** `cluster` or `label:region`, as the contract has seen to. */
const groupBy = (by: string): GroupBy => (by === 'cluster' ? { field: 'cluster' } : { labelKey: by.slice('label:'.length) });

export const fleetViewRoutes = [
  route(listAgentGroups, ({ query: { by, ...query } }, { world }) => world.lists.agents.groups(groupBy(by), query)),
  route(readFleetMap, ({ query }, { world }) => world.lists.agents.map(query)),
];
