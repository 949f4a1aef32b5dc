import { adminOrAgent, anyone, type Caller } from './caller.ts';
import { created, noContent, notUnique, ok, refuse } from './replies.ts';
import type { On } from './router.ts';
import { required, struct, uuid } from './shapes.ts';
import type { World } from './world.ts';

const newTarget = struct('NewAgentTarget', { agent_id: required(uuid), stack_id: required(uuid) });

/** Explicit targets. Consent is asked when one is made or taken away, of an admin too. */
export function targets(on: On, world: World): void {
  function mayTarget(caller: Caller, agentId: string, stackId: string): void {
    const stack = world.stacks.get(stackId);
    if (stack?.deleted_at !== null) return refuse(404, 'stack_not_found', 'stack not found');
    if (caller.kind === 'agent') refuse(403, 'target_create_denied', 'admin or owning generator required');
    if (caller.kind === 'generator' && caller.id !== stack.generator_id) {
      refuse(403, 'target_generator_mismatch', 'generator can only target its own stacks');
    }
    if (!world.targeting.isRegistered(agentId, stack.generator_id)) {
      refuse(403, 'agent_not_registered', 'agent must be registered with this generator before stacks can be targeted at it');
    }
  }
  const targetOf = (agentId: string, stackId: string) => world.targets.in('agent', agentId).find((row) => row.stack_id === stackId);

  on('GET /api/v1/agents/{id}/targets', adminOrAgent, ({ id }) => ok(world.targets.in('agent', id)));
  on('POST /api/v1/agents/{id}/targets', anyone, { body: newTarget }, ({ id, body, caller }) => {
    mayTarget(caller, id, body.stack_id);
    if (body.agent_id !== id) refuse(400, 'agent_id_mismatch', 'body agent_id must match the path agent id');
    if (targetOf(id, body.stack_id)) notUnique('unique_agent_stack');
    const target = world.targets.add({ id: world.chance.uuid(), ...body });
    world.nudge(id, 'target_changed', target);
    return created(target);
  });
  on('DELETE /api/v1/agents/{id}/targets/{stack_id}', anyone, ({ id, stack_id: stackId, caller }) => {
    mayTarget(caller, id, stackId);
    world.targets.remove(targetOf(id, stackId) ?? refuse(404, 'agent_target_not_found', 'target not found'));
    return noContent;
  });
}
