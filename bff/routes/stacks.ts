import { route } from '#bff/pipeline/route.ts';
import { listStacks } from '#contract/stacks.ts';

export const stackRoutes = [route(listStacks, ({ query }, { world }) => world.lists.stacks.page(query))];
