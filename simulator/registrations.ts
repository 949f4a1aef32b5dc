import { liveAgent, registerWith } from './agents.ts';
import { adminOrAgent, anyone, type Caller } from './caller.ts';
import { liveGenerator } from './generators.ts';
import { created, noContent, noSuchRow, ok, refuse } from './replies.ts';
import type { On } from './router.ts';
import type { Registration } from './rows.ts';
import { optional, struct, uuid } from './shapes.ts';
import { rfc3339 } from './time.ts';
import type { World } from './world.ts';

const nil = '00000000-0000-0000-0000-000000000000';
const named = struct('AgentRegistrationBody', { agent_id: optional(uuid) });

const wire = (row: Registration) => ({ ...row, registered_at: rfc3339(row.registered_at) });
/** An agent speaks for itself whatever it sends; an admin names one. */
function subject(caller: Caller, sent: string | null): string {
  if (caller.kind === 'agent') return caller.id;
  if (caller.kind === 'generator') return refuse(403, 'forbidden', 'only agents or admins may call this endpoint');
  return sent ?? refuse(400, 'missing_agent_id', 'admin callers must supply agent_id in the request body');
}

/** Consent between an agent and a generator. */
export function registrations(on: On, world: World): void {
  const record = (action: string, caller: Caller, agentId: string, generatorId: string) =>
    world.audit.record(caller, { action, resource_type: 'agent', resource_id: agentId, details: { generator_id: generatorId } });

  on('GET /api/v1/agents/{id}/registrations', adminOrAgent, ({ id }) => {
    liveAgent(world, id);
    return ok(world.registrations.in('agent', id).map(wire));
  });
  on('GET /api/v1/generators/{id}/registered-agents', anyone, ({ id, caller }) => {
    const isOwn = caller.kind === 'generator' && caller.id === id;
    if (caller.kind !== 'admin' && !isOwn) refuse(403, 'not_authorized', 'admin or matching generator PAK required');
    const generator = liveGenerator(world, id);
    if (generator.is_system && caller.kind !== 'admin')
      refuse(403, 'system_generator_not_a_tenant', 'the system generator is not a tenant');
    return ok(world.registrations.in('generator', id).map(wire));
  });
  on('POST /api/v1/generators/{id}/register', anyone, { body: named }, ({ id, caller, body }) => {
    const agentId = subject(caller, body.agent_id);
    liveGenerator(world, id);
    if (world.targeting.isRegistered(agentId, id)) refuse(409, 'already_registered', 'agent is already registered with this generator');
    if (!world.agents.get(agentId)) noSuchRow('agent_generator_registrations_agent_id_fkey');
    const row = registerWith(world, agentId, id);
    record('agent.registered', caller, agentId, id);
    return created(wire(row));
  });
  on('DELETE /api/v1/generators/{id}/register', anyone, { body: named }, ({ id, caller, body }) => {
    const agentId = subject(caller, body.agent_id);
    liveGenerator(world, id);
    const withdrawn = world.targets.in('agent', agentId).filter(({ stack_id: stackId }) => {
      const stack = world.stacks.get(stackId);
      return stack?.deleted_at === null && stack.generator_id === id;
    });
    for (const target of withdrawn) world.targets.remove(target);
    const row = world.registrations.in('agent', agentId).find((one) => one.generator_id === id);
    if (row) world.registrations.remove(row);
    world.nudge(agentId, 'target_changed', { id: nil, agent_id: agentId, stack_id: nil });
    record('agent.deregistered', caller, agentId, id);
    return noContent;
  });
}
