import { route } from '#bff/pipeline/route.ts';
import type { Context } from '#bff/pipeline/route.ts';
import {
  addAgentTarget, deregisterAgent, listAgentRegistrations, listAgentTargets, registerAgent, removeAgentTarget,
} from '#contract/agent-bonds.ts';
import type { AgentTarget } from '#contract/agent-bonds.ts';
import { ProblemError } from '#contract/problem.ts';
import { changeScope } from './change-scope.ts';
import { readAgentNow } from './read-agent-now.ts';

async function targetFacts(stackId: string, { world }: Context): Promise<AgentTarget> {
  const [stack] = await world.lists.stacks.rows([stackId]);
  return { stackId, stackName: stack?.name ?? null, generatorId: stack?.generatorId ?? null, generatorName: stack?.generatorName ?? null };
}
/** What is bound to the agent now, read again after a change: targets and registrations hang together. */
function afterChange(agentId: string, { world }: Context) {
  world.lists.agentBonds.forget(agentId);
  return world.lists.agentBonds;
}

export const agentBondRoutes = [
  route(listAgentTargets, async ({ params: { agentId } }, context) => {
    const { agentBonds, agents } = context.world.lists;
    const [targets] = await Promise.all([agentBonds.targets(agentId, context), agents.identity(agentId, context)]);
    return targets;
  }),
  route(addAgentTarget, async ({ params: { agentId }, body: { stackId } }, context) => {
    const [target] = await Promise.all([targetFacts(stackId, context), readAgentNow(agentId, context)]);
    context.observe({ after: target });
    await context.world.broker.agentBonds.addTarget(agentId, stackId, changeScope(context));
    return afterChange(agentId, context).targets(agentId, context);
  }),
  route(removeAgentTarget, async ({ params: { agentId }, body: { stackId } }, context) => {
    const [target] = await Promise.all([targetFacts(stackId, context), readAgentNow(agentId, context)]);
    context.observe({ before: target });
    await context.world.broker.agentBonds.removeTarget(agentId, stackId, changeScope(context));
    return afterChange(agentId, context).targets(agentId, context);
  }),
  route(listAgentRegistrations, async ({ params: { agentId } }, context) => {
    const { agentBonds, agents } = context.world.lists;
    const [registrations] = await Promise.all([agentBonds.registrations(agentId, context), agents.identity(agentId, context)]);
    return registrations;
  }),
  route(registerAgent, async ({ params: { agentId }, body: { generatorId } }, context) => {
    const { broker, lists } = context.world;
    const [[generator]] = await Promise.all([lists.generators.rows([generatorId]), readAgentNow(agentId, context)]);
    context.observe({ after: { generatorId, generatorName: generator?.name ?? null } });
    await broker.agentBonds.register(agentId, generatorId, changeScope(context));
    return afterChange(agentId, context).registrations(agentId, context);
  }),
  route(deregisterAgent, async ({ params: { agentId }, body: { generatorId } }, context) => {
    const { broker, lists } = context.world;
    lists.agentBonds.forget(agentId);
    const [{ rows: registrations }, { rows: targets }] = await Promise.all([
      lists.agentBonds.registrations(agentId, context),
      lists.agentBonds.targets(agentId, context),
      readAgentNow(agentId, context),
    ]);
    // The broker answers 204 here whether or not there was anything to end.
    const registration = registrations.find((row) => row.generatorId === generatorId);
    if (registration === undefined) throw new ProblemError('not_found', 'The agent is not registered with this generator', { errors: [{ path: 'generatorId', code: 'unknown', message: 'The agent is not registered with this generator.' }] });
    context.observe({ before: { generatorId, generatorName: registration.generatorName, targets: targets.filter((target) => target.generatorId === generatorId) } });
    await broker.agentBonds.deregister(agentId, generatorId, changeScope(context));
    return afterChange(agentId, context).registrations(agentId, context);
  }),
];
