import { dated } from '#bff/lists/desk.ts';
import { route } from '#bff/pipeline/route.ts';
import { listReachedAgents, readAgentReach, readReachMatrix, readTagReach } from '#contract/reach.ts';

const idsOf = (pairs: readonly { stackId: string }[]) => pairs.map(({ stackId }) => stackId);

export const reachRoutes = [
  route(readAgentReach, async ({ params: { agentId } }, context) => {
    const { lists, reach } = context.world;
    const [told] = await Promise.all([reach.ofAgent(agentId, context), lists.agents.identity(agentId, context)]);
    const { reached, nearly, agrees, coverage, arrivedMs } = told;
    const [revisions, stacks] = await Promise.all([
      lists.reached.ofAgent(agentId, idsOf(reached), context),
      lists.stacks.rows(idsOf([...reached, ...nearly])),
    ]);
    const rows = new Map(stacks.flatMap((row) => (row === null ? [] : [[row.id, row]])));
    const named = (stackId: string) => {
      const stack = rows.get(stackId);
      return stack && { stackId, name: stack.name, generatorId: stack.generatorId, generatorName: stack.generatorName };
    };
    return {
      reached: reached.flatMap(({ stackId, reasons }) => {
        const stack = named(stackId);
        if (stack === undefined) return []; // deleted since the broker answered
        const { current, judged, isHealthRead } = revisions.get(stackId) ?? { current: null, judged: null, isHealthRead: false };
        return [
          {
            ...stack,
            reasons,
            current,
            state: isHealthRead ? (judged?.state ?? null) : null,
            answer: judged?.answer ?? null,
            health: judged?.health ?? null,
          },
        ];
      }),
      nearly: nearly.flatMap(({ stackId, shares }) => {
        const stack = named(stackId);
        return stack === undefined ? [] : [{ ...stack, shares }];
      }),
      agrees,
      coverage,
      ...dated(arrivedMs, context.clock),
    };
  }),
  route(listReachedAgents, ({ params, query }, context) => context.world.lists.reached.page(params.stackId, query, context)),
  route(readReachMatrix, ({ params }, context) => context.world.lists.reached.matrix(params.stackId, context)),
  route(readTagReach, async ({ params: { stackId } }, context) => {
    const { lists, reach } = context.world;
    await lists.stacks.identity(stackId, context);
    reach.shown({ stacks: [stackId] });
    return { ...reach.ofTags(stackId), coverage: reach.coverage() };
  }),
];
