import * as z from 'zod/mini';
import type { BrokerHttp, CallScope } from './broker-http.ts';
import { WireOwnId, WireRegistration, WireTarget } from './wire.ts';

/** What binds an agent to stacks (explicit targets) and to generators (registrations: consent). */
export const brokerAgentBonds = (http: BrokerHttp) => ({
  /** Ids of the targeted stacks. */
  async targets(agentId: string, scope: CallScope): Promise<string[]> {
    const rows = await http.json('listAgentTargets', { agentId }, z.array(WireTarget), scope);
    return rows.map((row) => row.stack_id).toSorted();
  },
  /** Ids of all stacks that reach the agent, whatever the reason. */
  async stacks(agentId: string, scope: CallScope): Promise<string[]> {
    const rows = await http.json('listAgentStacks', { agentId }, z.array(WireOwnId), scope);
    return rows.map(({ id }) => id);
  },
  addTarget: (agentId: string, stackId: string, scope: CallScope) =>
    http.json('addAgentTarget', { agentId }, WireTarget, scope, { body: { agent_id: agentId, stack_id: stackId } }),
  removeTarget: (agentId: string, stackId: string, scope: CallScope) => http.done('removeAgentTarget', { agentId, stackId }, scope),

  /** Oldest first. The only place that names the system generator's id. */
  async registrations(agentId: string, scope: CallScope): Promise<{ generatorId: string; registeredAt: string }[]> {
    const rows = await http.json('listAgentRegistrations', { agentId }, z.array(WireRegistration), scope);
    return rows
      .map((row) => ({ generatorId: row.generator_id, registeredAt: row.registered_at }))
      .toSorted((a, b) => (a.registeredAt < b.registeredAt ? -1 : 1));
  },
  async register(agentId: string, generatorId: string, scope: CallScope): Promise<{ registeredAt: string }> {
    const row = await http.json('registerAgent', { generatorId }, WireRegistration, scope, { body: { agent_id: agentId } });
    return { registeredAt: row.registered_at };
  },
  /** 204 also for an agent that is not registered. Its explicit targets on that generator's live stacks go with it. */
  deregister: (agentId: string, generatorId: string, scope: CallScope) =>
    http.done('deregisterAgent', { generatorId }, scope, { body: { agent_id: agentId } }),
});
