import { agentWire, connect, disconnect, type Heartbeat, recordHeartbeat } from './agents.ts';
import { storeEvent } from './events.ts';
import { publishAgent } from './fleet.ts';
import { healthSummary, storeHealth } from './health.ts';
import type { Life, Traits } from './life.ts';
import type { Agent, HealthStatus } from './rows.ts';
import type { World } from './world.ts';

/** Hands on the simulated agents, for tests: an agent is named by its id, its name, or `name@cluster`. */
export interface AgentHandles {
  all(): ReturnType<typeof agentWire>[];
  find(key: string): ReturnType<typeof agentWire>;
  heartbeat(key: string, report?: Partial<Heartbeat>): void;
  /** Reports on an object by its id. */
  report(key: string, objectId: string, outcome: { status: string; message?: string }): void;
  health(key: string, objectId: string, status: HealthStatus): void;
  connect(key: string): void;
  disconnect(key: string): void;
  bring(key: string, traits: Traits): void;
  silence(key: string): void;
}

export function agentHandles(world: World, life: Life): AgentHandles {
  const rowOf = (key: string): Agent => {
    const [name, cluster] = key.split('@');
    for (const row of world.agents.values()) {
      if (row.deleted_at === null && (row.id === key || (row.name === name && row.cluster_name === (cluster ?? row.cluster_name))))
        return row;
    }
    throw new Error(`There is no agent "${key}".`);
  };
  return {
    all: () => [...world.agents.values()].filter((row) => row.deleted_at === null).map((row) => agentWire(row, world.now())),
    find: (key) => agentWire(rowOf(key), world.now()),
    heartbeat(key, report = {}) {
      recordHeartbeat(world, rowOf(key), { k8s_reachable: null, k8s_api_latency_ms: null, ...report });
      publishAgent(world, rowOf(key));
    },
    report(key, objectId, { status, message }) {
      storeEvent(world, {
        agent_id: rowOf(key).id,
        deployment_object_id: objectId,
        event_type: 'DEPLOY',
        status,
        message: message ?? null,
      });
    },
    health(key, objectId, status) {
      const object = world.objects.get(objectId);
      if (!object) throw new Error(`There is no deployment object "${objectId}".`);
      storeHealth(world, rowOf(key).id, {
        deployment_object_id: objectId,
        status,
        summary: healthSummary(object, status),
        checked_at: world.now(),
      });
    },
    connect: (key) => connect(world, rowOf(key)),
    disconnect: (key) => disconnect(world, rowOf(key)),
    bring: (key, traits) => life.adopt(rowOf(key), traits),
    silence: (key) => life.silence(rowOf(key).id),
  };
}
