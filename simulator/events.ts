import { admin, adminOrAgent } from './caller.ts';
import { query, uuid as uuidParameter } from './query.ts';
import { created, fits, noSuchRow, ok, refuse, storable } from './replies.ts';
import type { On } from './router.ts';
import type { AgentEvent } from './rows.ts';
import { optional, required, string, struct, uuid } from './shapes.ts';
import { rfc3339, rfc3339OrNull } from './time.ts';
import type { World } from './world.ts';

const retentionMicros = 30 * 86_400_000_000;
export const newEvent = struct('NewAgentEvent', {
  agent_id: required(uuid),
  deployment_object_id: required(uuid),
  event_type: required(string),
  status: required(string),
  message: optional(string),
});
export type NewEvent = ReturnType<typeof newEvent>;

export const eventWire = (event: AgentEvent) => ({
  id: event.id,
  created_at: rfc3339(event.created_at),
  updated_at: rfc3339(event.updated_at),
  deleted_at: rfc3339OrNull(event.deleted_at),
  agent_id: event.agent_id,
  deployment_object_id: event.deployment_object_id,
  event_type: event.event_type,
  status: event.status,
  message: event.message,
});
export const newestFirst = (world: World, agentId: string) =>
  world.events
    .in('agent', agentId)
    .filter((event) => event.deleted_at === null)
    .toReversed();
export function storeEvent(world: World, event: NewEvent, at = world.stamp()): AgentEvent {
  return world.events.add({ id: world.chance.uuid(), created_at: at, updated_at: at, deleted_at: null, ...event });
}

export function events(on: On, world: World): void {
  on('GET /api/v1/agents/{id}/events', adminOrAgent, ({ id }) => ok(newestFirst(world, id).map(eventWire)));
  on('POST /api/v1/agents/{id}/events', adminOrAgent, { body: newEvent }, ({ id, body }) => {
    if (body.agent_id !== id) refuse(400, 'agent_id_mismatch', 'body agent_id must match the path agent id');
    const failure = `failed to create event for agent ${id}`;
    fits(body.event_type, 50, failure);
    fits(body.status, 10, failure);
    storable(body.message, failure);
    if (!world.agents.get(id)) noSuchRow('fk_agent');
    if (!world.objects.get(body.deployment_object_id)) noSuchRow('fk_deployment_object');
    return created(eventWire(storeEvent(world, body)));
  });
  on('GET /api/v1/agent-events', admin, { query: query({ pak_id: uuidParameter }) }, ({ query: { pak_id: tenant } }) => {
    const live = [...world.events.values()].filter((event) => event.deleted_at === null);
    return ok(live.filter((event) => tenant === undefined || world.targeting.isRegistered(event.agent_id, tenant)).map(eventWire));
  });
  on('GET /api/v1/agent-events/{id}', admin, ({ id }) => {
    const event = world.events.get(id);
    return event?.deleted_at === null ? ok(eventWire(event)) : refuse(404, 'agent_event_not_found', 'agent event not found');
  });

  world.every(3_600_000, () => {
    const oldest = world.now() - retentionMicros;
    const old = [...world.events.values()].filter((event) => event.created_at < oldest);
    for (const event of old) world.events.remove(event);
  });
}
