import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { timestamp, uuid } from './fields.ts';

const params = z.object({ agentId: uuid });
const known = <T extends z.ZodMiniType>(row: T) => z.object({ rows: z.array(row), asOf: z.string(), ageMs: z.int() });

/** An explicit target: this stack is delivered to this agent whatever its labels. Names are null once the stack is gone. */
export const AgentTarget = z.object({
  stackId: z.string(),
  stackName: z.nullable(z.string()),
  generatorId: z.nullable(z.string()),
  generatorName: z.nullable(z.string()),
});
export type AgentTarget = z.infer<typeof AgentTarget>;
/** `limited: 'key_cannot_read'`: a generator's key sets targets of its own stacks and is shown none; `rows` then holds only the one just set. */
export const AgentTargets = z.extend(known(AgentTarget), { limited: z.optional(z.literal('key_cannot_read')) });
/** Consent: without a registration nothing of that generator reaches the agent. */
export const AgentRegistration = z.object({
  generatorId: z.string(),
  /** Null for a generator that the list does not show; the system generator is `__system__`. */
  generatorName: z.nullable(z.string()),
  isSystem: z.boolean(),
  registeredAt: timestamp,
  /** Explicit targets that would go with it. */
  targets: z.int(),
});
export type AgentRegistration = z.infer<typeof AgentRegistration>;
export const AgentRegistrations = known(AgentRegistration);

export const listAgentTargets = endpoint('GET /api/agents/:agentId/targets', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: AgentTargets,
});
/** Needs a registration with the stack's generator, for everybody (409 `conflict` with the broker's `agent_not_registered`). */
export const addAgentTarget = endpoint('POST /api/agents/:agentId/targets', {
  policy: 'operate',
  audit: 'agent.target.added',
  request: { params, body: z.strictObject({ stackId: uuid }) },
  response: AgentTargets,
  reach: true,
});
export const removeAgentTarget = endpoint('DELETE /api/agents/:agentId/targets', {
  policy: 'operate',
  audit: 'agent.target.removed',
  request: { params, body: z.strictObject({ stackId: uuid }) },
  response: AgentTargets,
  reach: true,
});
export const listAgentRegistrations = endpoint('GET /api/agents/:agentId/registrations', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: AgentRegistrations,
});
export const registerAgent = endpoint('POST /api/agents/:agentId/registrations', {
  policy: 'operate',
  audit: 'agent.registered',
  request: { params, body: z.strictObject({ generatorId: uuid }) },
  response: AgentRegistrations,
  reach: true,
});
/** Takes the agent's explicit targets on that generator's stacks with it. */
export const deregisterAgent = endpoint('DELETE /api/agents/:agentId/registrations', {
  policy: 'operate',
  audit: 'agent.deregistered',
  request: { params, body: z.strictObject({ generatorId: uuid }) },
  response: AgentRegistrations,
  reach: true,
});
