import { eventWire, newestFirst } from './events.ts';
import { admin } from './caller.ts';
import { query, uuid } from './query.ts';
import { ok, okJson, refuse } from './replies.ts';
import { vitals } from './rhythms.ts';
import type { On } from './router.ts';
import type { Agent } from './rows.ts';
import { heap } from './table.ts';
import { type Micros, rfc3339OrNull, second } from './time.ts';
import type { World } from './world.ts';

const sweepMs = 20_000;
const age = (now: Micros, then: Micros | null) => (then === null ? null : Math.max(0, Math.floor((now - then) / second)));

/** What the broker measured of an agent, at this moment; it gives no verdict. */
function fleetRecord(world: World, agent: Agent, now = world.now()) {
  const seen = vitals(agent, now);
  const lastEvent = world.events.in('agent', agent.id).findLast((event) => event.deleted_at === null)?.created_at ?? null;
  let failing = 0;
  let degraded = 0;
  for (const { status } of world.health.in('agent', agent.id)) {
    if (status === 'failing') failing += 1;
    if (status === 'degraded') degraded += 1;
  }
  return {
    agent_id: agent.id,
    name: agent.name,
    cluster_name: agent.cluster_name,
    status: agent.status,
    ws_connected: agent.socket !== null,
    connected_since: rfc3339OrNull(agent.socket?.since ?? null),
    last_heartbeat: rfc3339OrNull(seen.last_heartbeat),
    heartbeat_age_seconds: age(now, seen.last_heartbeat),
    pending_object_count: world.targeting.pendingCount(agent.id),
    pending_work_orders: 0,
    claimed_work_orders: 0,
    last_event_at: rfc3339OrNull(lastEvent),
    seconds_since_last_event: age(now, lastEvent),
    health_failing: failing,
    health_degraded: degraded,
    k8s_reachable: seen.k8s_reachable,
    k8s_api_latency_ms: seen.k8s_api_latency_ms,
  };
}
/** Tells the fleet's feed about one agent; a deleted one is never told of. */
export function publishAgent(world: World, agent: Agent): void {
  if (agent.deleted_at !== null || world.feed.subscribers === 0) return;
  world.feed.publish(JSON.stringify({ type: 'fleet_update', body: fleetRecord(world, agent) }));
}

export function fleet(on: On, world: World): void {
  on('GET /api/v1/fleet', admin, { query: query({ pak_id: uuid }) }, ({ query: { pak_id: tenant } }) => {
    const now = world.now();
    const agents = heap(world.agents).filter((agent) => tenant === undefined || world.targeting.isRegistered(agent.id, tenant));
    return okJson(`[${agents.map((agent) => JSON.stringify(fleetRecord(world, agent, now))).join(',')}]`);
  });
  on('GET /api/v1/agents/{id}/fleet-status', admin, ({ id }) => {
    const agent = world.agents.get(id);
    if (agent?.deleted_at !== null) return refuse(404, 'agent_not_found', 'agent not found');
    return ok({ record: fleetRecord(world, agent), recent_events: newestFirst(world, id).slice(0, 20).map(eventWire) });
  });

  const counts = new Map<string, string>();
  let isSeeded = false;
  const sweep = () => {
    for (const agent of world.agents.values()) {
      if (agent.deleted_at !== null) continue;
      const health = world.health.in('agent', agent.id).map(({ status }) => status);
      const tuple = `${String(world.targeting.pendingCount(agent.id))}/${health.join()}`;
      if (isSeeded && counts.get(agent.id) !== tuple) publishAgent(world, agent);
      counts.set(agent.id, tuple);
    }
    isSeeded = true; // the first sweep, right at the start, only looks
  };
  world.after(0, sweep);
  world.every(sweepMs, sweep);
}
