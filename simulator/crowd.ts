import { anAgent, type AgentSeed } from './builders.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './scenarios.ts';

const regions = ['fra', 'ams', 'lon', 'iad', 'sin', 'syd', 'gru', 'nrt'] as const;
const roles = ['edge-runner', 'batch-runner', 'till', 'sensor-hub', 'ingress', 'cache', 'gpu-runner'] as const;
const agentsPerCluster = 80;

/** What becomes of one agent in a hundred or so; most are well. */
function condition(chance: Chance): Partial<AgentSeed> {
  const lot = chance.int(1000);
  const steady = { everySeconds: 10 };
  if (lot < 8) return { heartbeatAgeSeconds: 660 + chance.int(86_400) };
  if (lot < 14)
    return { heartbeatAgeSeconds: 100 + chance.int(200), pulse: { everySeconds: 10, burst: { everySeconds: 420, lastsSeconds: 60 } } };
  if (lot < 24) return { status: 'INACTIVE', pulse: steady };
  if (lot < 30) return { status: 'INACTIVE', heartbeatAgeSeconds: null, k8s: null };
  if (lot < 36) return { k8s: { isReachable: false, latencyMs: null }, pulse: steady, isConnected: true };
  return { pulse: steady, isConnected: lot % 4 !== 0 };
}

/** Fills the fleet up with agents that heartbeat by arithmetic and are served nothing. */
export function crowd({ world, put, agents, chance }: Stage): void {
  const missing = agents - world.agents.size;
  for (let index = 0; index < missing; index += 1) {
    const cluster = Math.floor(index / agentsPerCluster);
    const region = regions[cluster % regions.length] ?? 'fra';
    const role = chance.pick(roles);
    const clusterName = `${region}-store-${String(Math.floor(cluster / regions.length) + 1).padStart(3, '0')}`;
    const told = anAgent({
      name: `${role}-${String((index % agentsPerCluster) + 1).padStart(2, '0')}`,
      clusterName,
      labels: [`region:${region}`, `role:${role}`],
      createdAgeSeconds: 86_400 * (10 + chance.int(300)),
      heartbeatAgeSeconds: chance.int(100) / 10,
      k8s: { isReachable: true, latencyMs: 4 + chance.int(40) },
      ...condition(chance),
    });
    put({ agents: [told] });
  }
}
