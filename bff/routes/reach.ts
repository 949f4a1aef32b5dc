import { dated } from '#bff/lists/desk.ts';
import { route } from '#bff/pipeline/route.ts';
import { listObjectHealth, listReachedAgents, listReachReasons, readAgentReach, readReachMatrix, readTagReach } from '#contract/reach.ts';

const idsOf = (pairs: readonly { stackId: string }[]) => pairs.map(({ stackId }) => stackId);

export const reachRoutes = [
  route(readAgentReach, async ({ params: { agentId }, query: { offset, limit } }, context) => {
    const { lists, reach } = context.world;
    const [told] = await Promise.all([reach.ofAgent(agentId, context), lists.agents.identity(agentId, context)]);
    const { reached, nearly, agrees, coverage, arrivedMs } = told;
    const stacks = await lists.stacks.rows(idsOf([...reached, ...nearly]));
    const rows = new Map(stacks.flatMap((row) => (row === null ? [] : [[row.id, row]])));
    const named = (stackId: string) => {
      const stack = rows.get(stackId);
      return stack && { stackId, name: stack.name, generatorId: stack.generatorId, generatorName: stack.generatorName };
    };
    const there = reached
      .flatMap(({ stackId, reasons }) => {
        const stack = named(stackId);
        return stack === undefined ? [] : [{ ...stack, reasons }]; // deleted since the broker answered
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const page = there.slice(offset, offset + limit);
    const revisions = await lists.reached.ofAgent(agentId, idsOf(page), context);
    return {
      reached: page.map((stack) => {
        const { current, judged, isHealthRead } = revisions.get(stack.stackId) ?? { current: null, judged: null, isHealthRead: false };
        return {
          ...stack,
          current,
          state: isHealthRead ? (judged?.state ?? null) : null,
          answer: judged?.answer ?? null,
          health: judged?.health ?? null,
        };
      }),
      total: there.length,
      nearly: nearly.flatMap(({ stackId, shares }) => {
        const stack = named(stackId);
        return stack === undefined ? [] : [{ ...stack, shares }];
      }),
      agrees,
      coverage,
      eventsAgeMs: lists.agents.eventsAgeMs(),
      ...dated(arrivedMs, context.clock),
    };
  }),
  route(listReachReasons, async ({ params: { agentId } }, context) => {
    const { lists, reach } = context.world;
    const [{ reached, coverage }] = await Promise.all([reach.ofAgent(agentId, context), lists.agents.identity(agentId, context)]);
    const rows = await lists.stacks.rows(idsOf(reached));
    const names = new Map(rows.flatMap((row) => (row === null ? [] : [[row.id, row.name]])));
    const stacks = reached.flatMap(({ stackId, reasons }) => {
      const name = names.get(stackId);
      return name === undefined ? [] : [{ stackId, name, reasons }];
    });
    return { stacks: stacks.toSorted((a, b) => (a.name < b.name ? -1 : 1)), coverage };
  }),
  route(listReachedAgents, ({ params, query }, context) => context.world.lists.reached.page(params.stackId, query, context)),
  route(readReachMatrix, ({ params }, context) => context.world.lists.reached.matrix(params.stackId, context)),
  route(listObjectHealth, ({ params }, context) => context.world.lists.reached.objects(params.stackId, context)),
  route(readTagReach, async ({ params: { stackId } }, context) => {
    const { lists, reach } = context.world;
    await lists.stacks.identity(stackId, context);
    reach.shown({ stacks: [stackId] });
    return { ...reach.ofTags(stackId), coverage: reach.coverage() };
  }),
];
