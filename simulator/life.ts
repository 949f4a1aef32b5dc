import { connect, recordHeartbeat } from './agents.ts';
import type { Chance } from './chance.ts';
import { storeEvent } from './events.ts';
import { publishAgent } from './fleet.ts';
import { healthSummary, observed, storeHealth } from './health.ts';
import type { Agent, DeploymentObject, HealthStatus } from './rows.ts';
import { pairKey } from './tables.ts';
import type { World } from './world.ts';

/** How a living agent behaves. */
export interface Traits {
  everyMs: number;
  /** An agent on a socket heartbeats without a frame of the fleet's feed; one on REST gets a frame each time. */
  channel: 'socket' | 'rest';
  applies: 'well' | 'badly' | 'never';
  health: HealthStatus;
  isReachable: boolean;
  latencyMs: number;
}
export interface Life {
  adopt(agent: Agent, traits: Traits): void;
  /** Its process stops: no more beats, its socket stays as it is. */
  silence(agentId: string): void;
  /** Its process starts again, as it was or as most are; over the limit of living ones it stays silent. */
  revive(agent: Agent): void;
  readonly living: number;
  /** Who lives, and how. */
  all(): [agentId: string, Traits][];
}
export const aLife = (told: Partial<Traits> = {}): Traits => ({
  everyMs: 10_000,
  channel: 'socket',
  applies: 'well',
  health: 'healthy',
  isReachable: true,
  latencyMs: 12,
  ...told,
});

const healthEveryMs = 60_000;
const mostAlive = 200;
const failures = [
  'admission webhook denied the request: image registry not allowed',
  'namespaces "checkout" is forbidden: exceeded quota: compute-resources',
  'error validating data: unknown field "spec.replica"',
] as const;

interface Living {
  traits: Traits;
  pakHash: string | null;
  healthDueAt: number;
  inHand: Set<string>;
}

/** Agents that really live: they heartbeat, fetch what is theirs to apply, apply it, say so, and report health. */
export function life(world: World, source: Chance): Life {
  const all = new Map<string, Living>();
  const known = new Map<string, Traits>();
  /** Calls back unless the agent stopped living, or was born again, in between. */
  const later = (agent: Agent, living: Living, ms: number, callback: () => void) =>
    world.after(ms, () => {
      if (all.get(agent.id) === living) callback();
    });

  function report(agent: Agent, { traits, inHand }: Living, object: DeploymentObject): void {
    inHand.delete(object.id);
    if (agent.deleted_at !== null || agent.status !== 'ACTIVE') return;
    const outcome =
      traits.applies === 'well' ? { status: 'SUCCESS', message: null } : { status: 'FAILURE', message: source.pick(failures) };
    storeEvent(world, { agent_id: agent.id, deployment_object_id: object.id, event_type: 'DEPLOY', ...outcome });
  }
  function apply(agent: Agent, living: Living): void {
    if (agent.status !== 'ACTIVE' || living.traits.applies === 'never' || !living.traits.isReachable) return;
    for (const object of world.targeting.state(agent.id, 'incremental')) {
      if (living.inHand.has(object.id)) continue;
      living.inHand.add(object.id);
      later(agent, living, 500 + source.int(2500), () => report(agent, living, object));
    }
  }
  function reportHealth(agent: Agent, living: Living): void {
    if (agent.status !== 'ACTIVE' || !living.traits.isReachable || world.clock.now() < living.healthDueAt) return;
    living.healthDueAt = world.clock.now() + healthEveryMs;
    for (const object of world.targeting.state(agent.id, 'full')) {
      const isApplied = world.events.in('pair', pairKey(agent.id, object.id)).some(({ status }) => status === 'SUCCESS');
      if (!isApplied || object.is_deletion_marker) continue;
      const status = observed(object, living.traits.health);
      storeHealth(world, agent.id, {
        deployment_object_id: object.id,
        status,
        summary: healthSummary(object, status),
        checked_at: world.now(),
      });
    }
  }
  function beat(agent: Agent, living: Living): void {
    if (agent.deleted_at !== null || agent.pak_hash !== living.pakHash) return silence(agent.id); // its key is dead
    const { channel, isReachable, latencyMs } = living.traits;
    if (channel === 'socket' && agent.socket === null) connect(world, agent);
    const latency = isReachable ? Math.max(1, Math.round(latencyMs * (0.8 + source.float() * 0.4))) : null;
    recordHeartbeat(world, agent, { k8s_reachable: isReachable, k8s_api_latency_ms: latency });
    if (agent.socket) agent.socket.messagesIn += 1;
    if (channel === 'rest') publishAgent(world, agent);
    apply(agent, living);
    reportHealth(agent, living);
  }
  function arm(agent: Agent, living: Living, ms: number): void {
    later(agent, living, ms, () => {
      arm(agent, living, living.traits.everyMs);
      beat(agent, living);
    });
  }
  const silence = (agentId: string) => void all.delete(agentId);
  function adopt(agent: Agent, traits: Traits): void {
    if (all.size >= mostAlive) throw new Error(`At most ${String(mostAlive)} agents live at once.`);
    const living: Living = {
      traits,
      pakHash: agent.pak_hash,
      healthDueAt: world.clock.now() + source.int(healthEveryMs),
      inHand: new Set(),
    };
    all.set(agent.id, living);
    known.set(agent.id, traits);
    arm(agent, living, 1 + source.int(traits.everyMs));
  }

  world.onNudge((agentId) => {
    const living = all.get(agentId);
    const agent = world.agents.get(agentId);
    if (living && agent?.socket) later(agent, living, 200, () => apply(agent, living));
  });
  return {
    adopt,
    silence,
    revive(agent) {
      if (all.size < mostAlive) adopt(agent, known.get(agent.id) ?? aLife());
    },
    get living() {
      return all.size;
    },
    all: () => [...all].map(([agentId, { traits }]) => [agentId, traits]),
  };
}
