import { route } from '#bff/pipeline/route.ts';
import { listGenerators } from '#contract/generators.ts';

export const generatorRoutes = [route(listGenerators, ({ query }, { world }) => world.lists.generators.page(query))];
