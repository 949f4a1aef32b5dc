import type { AgentChange } from '#bff/broker/agents.ts';
import { route } from '#bff/pipeline/route.ts';
import type { Context } from '#bff/pipeline/route.ts';
import {
  createAgent,
  deleteAgent,
  listAgentEvents,
  listAgentHistory,
  listAgents,
  readAgent,
  renameAgent,
  rotateAgentPak,
  setAgentStatus,
} from '#contract/agents.ts';
import type { AgentRow } from '#contract/agents.ts';
import { ProblemError } from '#contract/problem.ts';
import { historyOf } from './history.ts';
import { sendChange } from './send-change.ts';
import { tenantName } from './tenant-name.ts';

const editable = ({ name, clusterName, status }: AgentRow) => ({ name, clusterName, status });

/** Reads the agent as it is now and notes it for the audit. @throws `not_found` */
async function readBefore(agentId: string, context: Context): Promise<AgentRow> {
  const before = await context.world.lists.agents.fresh(agentId, context);
  context.observe({ resource: { kind: 'agent', id: agentId, name: before.name }, before: editable(before) });
  return before;
}
/** Only what differs is sent: the broker has no versions, and an untouched member must not undo somebody's change. */
function differences(before: AgentRow, wanted: AgentChange): AgentChange {
  return {
    ...(wanted.name !== undefined && wanted.name !== before.name && { name: wanted.name }),
    ...(wanted.clusterName !== undefined && wanted.clusterName !== before.clusterName && { clusterName: wanted.clusterName }),
    ...(wanted.status !== undefined && wanted.status !== before.status && { status: wanted.status }),
  };
}
async function change(agentId: string, etag: string, wanted: AgentChange, context: Context): Promise<AgentRow> {
  const { agents } = context.world.lists;
  const before = await readBefore(agentId, context);
  if (before.etag !== etag) throw new ProblemError('changed_meanwhile', 'The agent was changed meanwhile', { current: before });
  const different = differences(before, wanted);
  if (Object.keys(different).length === 0) return before;
  agents.expectChange(agentId);
  const { broker } = context.world;
  const changed = await sendChange(
    context,
    (scope) => broker.agents.update(agentId, different, scope),
    () => agents.outdated(agentId),
  );
  const after = await agents.changed(changed, context);
  context.observe({ after: editable(after) });
  return after;
}

/**
 * The broker takes a generator it does not know, or the system one, for a reason to fail after the agent exists and its key
 * is lost (CONTRACT 4.1): so each is looked up before.
 * @throws `invalid_request` naming `generatorIds`
 */
const tenantNames = (generatorIds: readonly string[], context: Context): Promise<string[]> =>
  Promise.all(
    generatorIds.map((generatorId) =>
      tenantName(generatorId, context, {
        path: 'generatorIds',
        title: 'An agent cannot be registered with this generator',
        system: 'Every agent is registered with the system generator already.',
      }),
    ),
  );

export const agentRoutes = [
  route(listAgents, ({ query }, { world }) => world.lists.agents.page(query)),
  route(readAgent, ({ params }, context) => context.world.lists.agents.detail(params.agentId, context)),
  route(listAgentEvents, ({ params, query }, context) => context.world.lists.agents.events(params.agentId, query, context)),
  route(listAgentHistory, ({ params }, context) => historyOf('agent', params.agentId, context)),
  route(createAgent, async ({ body }, context) => {
    const { world, observe } = context;
    const { name, clusterName } = body;
    observe({ resource: { kind: 'agent', id: null, name } });
    const generatorIds = [...new Set(body.generatorIds)];
    const generatorNames = await tenantNames(generatorIds, context);
    const { agent, pak } = await sendChange(context, (scope) => world.broker.agents.create({ name, clusterName, generatorIds }, scope));
    observe({
      resource: { kind: 'agent', id: agent.id, name: agent.name },
      after: { name: agent.name, clusterName, status: agent.status, generatorIds, generatorNames },
    });
    const row = await world.lists.agents.changed(agent, context);
    world.reach.agentChanged(agent.id, generatorIds);
    return { agent: row, pak };
  }),
  route(renameAgent, ({ params, headers, body }, context) => change(params.agentId, headers['if-match'], body, context)),
  route(setAgentStatus, ({ params, headers, body: { status } }, context) => {
    context.observe({ type: status === 'ACTIVE' ? 'agent.activated' : 'agent.deactivated' });
    return change(params.agentId, headers['if-match'], { status }, context);
  }),
  route(rotateAgentPak, async ({ params: { agentId } }, context) => {
    await readBefore(agentId, context);
    const { broker, lists } = context.world;
    const { agent, pak } = await sendChange(
      context,
      (scope) => broker.agents.rotatePak(agentId, scope),
      () => lists.agents.outdated(agentId),
    );
    return { agent: await lists.agents.changed(agent, context), pak };
  }),
  route(deleteAgent, async ({ params: { agentId } }, context) => {
    const { broker, lists, reach } = context.world;
    await readBefore(agentId, context);
    lists.agents.expectChange(agentId);
    await sendChange(
      context,
      (scope) => broker.agents.delete(agentId, scope),
      () => lists.agents.outdated(agentId),
    );
    await lists.agents.remove(agentId);
    reach.agentChanged(agentId);
    return { done: true as const };
  }),
];
