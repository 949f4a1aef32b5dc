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
import { readAgentNow } from './read-agent-now.ts';
import { sendChange } from './send-change.ts';

/** The names of a stack that comes or goes, for the audit. */
async function targetFacts(stackId: string, { world }: Context): Promise<AgentTarget> {
  const [stack] = await world.lists.stacks.rows([stackId]);
  return { stackId, stackName: stack?.name ?? null, generatorId: stack?.generatorId ?? null, generatorName: stack?.generatorName ?? null };
}
async function readBefore(agentId: string, context: Context) {
  const [before] = await Promise.all([context.world.lists.agentBonds.before(agentId, context), readAgentNow(agentId, context)]);
  return before;
}
/**
 * Ids of the stacks that are targets now; null for a generator's key: it sets targets of its own stacks at agents registered
 * with it, and is shown neither targets nor agents (CONTRACT 3).
 */
async function targetsBefore(agentId: string, context: Context): Promise<string[] | null> {
  if (context.world.tenant === undefined) return (await readBefore(agentId, context)).stackIds;
  context.observe({ resource: { kind: 'agent', id: agentId, name: await context.world.lists.agents.ownName(agentId) } });
  return null;
}
/** What binds the agent was changed, with these generators among it where its consent was. */
const outdated =
  (agentId: string, { world }: Context, generatorIds?: readonly string[]) =>
  () => {
    world.lists.agents.outdated(agentId);
    world.lists.agentBonds.forget(agentId);
    world.reach.agentChanged(agentId, generatorIds);
  };
/** What may be told to a key that is shown no targets. */
const unread = (rows: AgentTarget[], { clock }: Context) => ({
  rows,
  limited: 'key_cannot_read' as const,
  asOf: new Date(clock.now()).toISOString(),
  ageMs: 0,
});

export const agentBondRoutes = [
  route(listAgentTargets, async ({ params: { agentId } }, context) => {
    const { agentBonds, agents } = context.world.lists;
    const [targets] = await Promise.all([agentBonds.targets(agentId, context), agents.identity(agentId, context)]);
    return targets;
  }),
  route(addAgentTarget, async ({ params: { agentId }, body: { stackId } }, context) => {
    const { broker, lists } = context.world;
    const [target, before] = await Promise.all([targetFacts(stackId, context), targetsBefore(agentId, context)]);
    context.observe({ after: target });
    await sendChange(context, (scope) => broker.agentBonds.addTarget(agentId, stackId, scope), outdated(agentId, context));
    if (before === null) return unread([target], context);
    return lists.agentBonds.targetsAfter(agentId, [...before, stackId].toSorted(), context);
  }),
  route(removeAgentTarget, async ({ params: { agentId }, body: { stackId } }, context) => {
    const { broker, lists } = context.world;
    const [target, before] = await Promise.all([targetFacts(stackId, context), targetsBefore(agentId, context)]);
    context.observe({ before: target });
    await sendChange(context, (scope) => broker.agentBonds.removeTarget(agentId, stackId, scope), outdated(agentId, context));
    if (before === null) return unread([], context);
    return lists.agentBonds.targetsAfter(
      agentId,
      before.filter((other) => other !== stackId),
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
    const { registeredAt } = await sendChange(
      context,
      (scope) => broker.agentBonds.register(agentId, generatorId, scope),
      outdated(agentId, context, [generatorId]),
    );
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
    await sendChange(
      context,
      (scope) => broker.agentBonds.deregister(agentId, generatorId, scope),
      outdated(agentId, context, [generatorId]),
    );
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
