import type { Context } from '#bff/pipeline/route.ts';

/** Before something that hangs on an agent is changed: that it exists, and its name for the audit. @throws `not_found` */
export async function readAgentNow(agentId: string, context: Context): Promise<void> {
  const { name } = await context.world.broker.agents.read(agentId, context);
  context.observe({ resource: { kind: 'agent', id: agentId, name } });
}
