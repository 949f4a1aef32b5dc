import { route } from '#bff/pipeline/route.ts';
import { searchEverything } from '#contract/fleet-views.ts';

const mostOfEach = 8;

export const searchRoutes = [
  route(searchEverything, async ({ query: { q, tenant } }, { world }) => {
    const [agents, stacks] = await Promise.all([
      world.lists.agents.find(q, mostOfEach, tenant),
      world.lists.stacks.find(q, mostOfEach, tenant),
    ]);
    return { agents: agents.rows, stacks: stacks.rows, hiddenByScope: agents.hiddenByScope + stacks.hiddenByScope };
  }),
];
