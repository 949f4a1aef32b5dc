import { route } from '#bff/pipeline/route.ts';
import type { Context } from '#bff/pipeline/route.ts';
import {
  addAgentTarget,
  deregisterAgent,
  listAgentRegistrations,
  listAgentTargets,
  registerAgent,
  removeAgentTarget,
} from '#contract/agent-bonds.ts';
import type { AgentTarget } from '#contract/agent-bonds.ts';
import { ProblemError } from '#contract/problem.ts';
import { changeScope } from './change-scope.ts';
import { readAgentNow } from './read-agent-now.ts';

/** The names of a stack that comes or goes, for the audit. */
async function targetFacts(stackId: string, { world }: Context): Promise<AgentTarget> {
  const [stack] = await world.lists.stacks.rows([stackId]);
  return { stackId, stackName: stack?.name ?? null, generatorId: stack?.generatorId ?? null, generatorName: stack?.generatorName ?? null };
}
async function readBefore(agentId: string, context: Context) {
  const [before] = await Promise.all([context.world.lists.agentBonds.before(agentId, context), readAgentNow(agentId, context)]);
  return before;
}

export const agentBondRoutes = [
  route(listAgentTargets, async ({ params: { agentId } }, context) => {
    const { agentBonds, agents } = context.world.lists;
    const [targets] = await Promise.all([agentBonds.targets(agentId, context), agents.identity(agentId, context)]);
    return targets;
  }),
  route(addAgentTarget, async ({ params: { agentId }, body: { stackId } }, context) => {
    const { broker, lists } = context.world;
    const [target, { stackIds }] = await Promise.all([targetFacts(stackId, context), readBefore(agentId, context)]);
    context.observe({ after: target });
    await broker.agentBonds.addTarget(agentId, stackId, changeScope(context));
    lists.agents.outdated(agentId);
    return lists.agentBonds.targetsAfter(agentId, [...stackIds, stackId].toSorted(), context);
  }),
  route(removeAgentTarget, async ({ params: { agentId }, body: { stackId } }, context) => {
    const { broker, lists } = context.world;
    const [target, { stackIds }] = await Promise.all([targetFacts(stackId, context), readBefore(agentId, context)]);
    context.observe({ before: target });
    await broker.agentBonds.removeTarget(agentId, stackId, changeScope(context));
    lists.agents.outdated(agentId);
    return lists.agentBonds.targetsAfter(
      agentId,
      stackIds.filter((other) => other !== stackId),
      context,
    );
  }),
  route(listAgentRegistrations, async ({ params: { agentId } }, context) => {
    const { agentBonds, agents } = context.world.lists;
    const [registrations] = await Promise.all([agentBonds.registrations(agentId, context), agents.identity(agentId, context)]);
    return registrations;
  }),
  route(registerAgent, async ({ params: { agentId }, body: { generatorId } }, context) => {
    const { broker, lists } = context.world;
    const [[generator], { stackIds, registrations }] = await Promise.all([
      lists.generators.rows([generatorId]),
      readBefore(agentId, context),
    ]);
    context.observe({ after: { generatorId, generatorName: generator?.name ?? null } });
    const { registeredAt } = await broker.agentBonds.register(agentId, generatorId, changeScope(context));
    lists.agents.outdated(agentId);
    return lists.agentBonds.registrationsAfter(
      agentId,
      { registrations: [...registrations, { generatorId, registeredAt }], stackIds },
      context,
    );
  }),
  route(deregisterAgent, async ({ params: { agentId }, body: { generatorId } }, context) => {
    const { broker, lists } = context.world;
    const { stackIds, registrations } = await readBefore(agentId, context);
    // The broker answers 204 here whether or not there was anything to end.
    if (!registrations.some((row) => row.generatorId === generatorId)) throw notRegistered();
    const [[generator], targets] = await Promise.all([
      lists.generators.rows([generatorId]),
      Promise.all(stackIds.map((stackId) => targetFacts(stackId, context))),
    ]);
    const going = targets.filter((target) => target.generatorId === generatorId);
    context.observe({ before: { generatorId, generatorName: generator?.name ?? null, targets: going } });
    await broker.agentBonds.deregister(agentId, generatorId, changeScope(context));
    lists.agents.outdated(agentId);
    const left = {
      registrations: registrations.filter((row) => row.generatorId !== generatorId),
      stackIds: targets.filter((target) => !going.includes(target)).map(({ stackId }) => stackId),
    };
    return lists.agentBonds.registrationsAfter(agentId, left, context);
  }),
];

function notRegistered(): ProblemError {
  const message = 'The agent is not registered with this generator.';
  return new ProblemError('not_found', 'The agent is not registered with this generator', {
    errors: [{ path: 'generatorId', code: 'unknown', message }],
  });
}
