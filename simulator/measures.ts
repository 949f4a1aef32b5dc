import { endpointOf } from './metrics.ts';
import { beats, vitals } from './rhythms.ts';
import { second } from './time.ts';
import type { World } from './world.ts';

const refreshMs = 30_000;
const heartbeats = { direction: 'in', type: 'heartbeat' };

export function refreshActive(world: World): void {
  let active = 0;
  for (const agent of world.agents.values()) if (agent.deleted_at === null && agent.status === 'ACTIVE') active += 1;
  world.metrics.set('brokkr_active_agents', active);
}

/** The gauges that move by themselves. The ages of agents that were renamed or deleted stay where they were. */
export function measures(world: World, isPublicKey: boolean): void {
  const { metrics } = world;
  metrics.set('brokkr_default_admin_pak_hash_in_use', isPublicKey ? 1 : 0);
  world.every(refreshMs, () => {
    refreshActive(world);
    const now = world.now();
    for (const agent of world.agents.values()) {
      const heard = agent.deleted_at === null ? vitals(agent, now).last_heartbeat : null;
      if (heard === null) continue;
      metrics.heartbeatAge(agent.id, agent.name, Math.max(0, Math.floor((now - heard) / second)));
    }
  });
  let counted = 0;
  metrics.beforeReading(() => {
    const now = world.now();
    let connected = 0;
    let beating = 0;
    for (const agent of world.agents.values()) {
      if (agent.socket === null) continue;
      connected += 1;
      if (agent.rhythm) beating += beats(agent.rhythm, now);
    }
    metrics.set('brokkr_ws_connected_agents', connected);
    metrics.set('brokkr_fleet_live_subscribers', world.feed.subscribers);
    if (beating <= counted) return; // some of them left, and a counter never falls
    metrics.add('brokkr_ws_messages_total', heartbeats, beating - counted);
    counted = beating;
  });
}

/** Counts a request to a path that is there; a made-up broker's own work takes a few milliseconds on top of what the clock saw. */
export function countRequest(
  world: World,
  { method, path, status, ms }: { method: string; path: string; status: number; ms: number },
): void {
  const work = 0.0008 + world.noise.float() ** 4 * 0.03;
  world.metrics.request({ endpoint: endpointOf(path), method, status, seconds: ms / 1000 + work });
}
