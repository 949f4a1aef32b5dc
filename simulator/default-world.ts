import {
  aDeployment,
  aConfigMap,
  aGenerator,
  aHealthRecord,
  anAgent,
  anEvent,
  aStack,
  type AgentSeed,
  type EventSeed,
  type HealthSeed,
} from './builders.ts';
import { storeObject } from './deployment-objects.ts';
import { observed } from './health.ts';
import { aLife, type Traits } from './life.ts';
import type { Stage } from './scenarios.ts';
import { second } from './time.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const clusters = ['fra-prod-1', 'fra-prod-2', 'ams-prod-1', 'lon-edge-1', 'iad-prod-1', 'lab-1'] as const;
const generators = [
  aGenerator({ name: 'payments', description: 'Payments squad pipelines', createdAgeSeconds: 200 * day }),
  aGenerator({ name: 'platform', description: 'Platform team', createdAgeSeconds: 220 * day }),
  aGenerator({ name: 'storefront', description: null, createdAgeSeconds: 120 * day }),
];
const stacks = [
  aStack({
    name: 'ledger',
    generator: 'payments',
    description: 'Ledger service, EU',
    labels: ['team:payments'],
    annotations: { tier: 'gold' },
    createdAgeSeconds: 90 * day,
    revisions: ['2.8.0', '2.8.1', '2.9.0'].map((tag) => aDeployment('ledger', `registry.example.test/ledger:${tag}`, 3)),
  }),
  aStack({
    name: 'ledger-jobs',
    generator: 'payments',
    description: 'Nightly settlements',
    labels: ['role:batch'],
    createdAgeSeconds: 80 * day,
  }),
  aStack({
    name: 'fraud-scores',
    generator: 'payments',
    createdAgeSeconds: 12 * day,
    revisions: [aDeployment('fraud-scores', 'registry.example.test/fraud:0.4.2')],
  }),
  aStack({
    name: 'ingress',
    generator: 'platform',
    description: 'Ingress controllers',
    labels: ['role:edge'],
    createdAgeSeconds: 150 * day,
    revisions: ['1.11', '1.12'].map((tag) => aDeployment('ingress', `registry.example.test/ingress:${tag}`)),
  }),
  aStack({
    name: 'node-baseline',
    generator: 'platform',
    description: 'What every node gets',
    labels: ['env:prod'],
    createdAgeSeconds: 180 * day,
    revisions: [aConfigMap('node-baseline')],
  }),
  aStack({
    name: 'shop-web',
    generator: 'storefront',
    description: 'Web shop front',
    createdAgeSeconds: 60 * day,
    revisions: [aDeployment('shop-web', 'registry.example.test/shop:5.1.0', 4)],
  }),
  aStack({
    name: 'shop-cart',
    generator: 'storefront',
    createdAgeSeconds: 45 * day,
    revisions: [aDeployment('shop-cart', 'registry.example.test/cart:3.3.7')],
  }),
  aStack({ name: 'legacy-vpn', generator: 'platform', description: 'To be retired', createdAgeSeconds: 210 * day }),
];
const roles: readonly { name: string; label: string; targets: readonly string[] }[] = [
  { name: 'edge-runner', label: 'role:edge', targets: [] },
  { name: 'batch-runner', label: 'role:batch', targets: ['ledger'] },
  { name: 'gpu-runner', label: 'role:gpu', targets: ['fraud-scores'] },
  { name: 'shop-runner', label: 'role:shop', targets: ['shop-web'] },
  { name: 'cart-runner', label: 'role:shop', targets: ['shop-cart'] },
  { name: 'sidekick', label: 'role:spare', targets: [] },
];

/** The agents that are not simply well, by `name@cluster`. */
const troubled: Record<string, Partial<Omit<AgentSeed, 'life'>> & { traits?: Partial<Traits> | 'none' }> = {
  'edge-runner@lon-edge-1': { heartbeatAgeSeconds: 47 * minute, traits: 'none' }, // silent
  'sidekick@lon-edge-1': { heartbeatAgeSeconds: 6 * day, traits: 'none' },
  'cart-runner@lon-edge-1': {
    heartbeatAgeSeconds: 2.5 * minute,
    pulse: { everySeconds: 10, burst: { everySeconds: 420, lastsSeconds: 60 } },
    traits: 'none',
  }, // stale
  'batch-runner@fra-prod-2': { traits: { health: 'failing' } },
  'shop-runner@iad-prod-1': { traits: { health: 'degraded' } },
  'gpu-runner@iad-prod-1': { traits: { applies: 'badly' } },
  'shop-runner@ams-prod-1': { traits: { applies: 'badly' } },
  'cart-runner@fra-prod-2': { traits: { applies: 'never' } }, // its objects stay pending
  'gpu-runner@ams-prod-1': { traits: { isReachable: false } },
  'sidekick@fra-prod-1': { status: 'INACTIVE' },
  'gpu-runner@lab-1': { status: 'INACTIVE', heartbeatAgeSeconds: null, k8s: null, traits: 'none', createdAgeSeconds: 2 * hour }, // made, never activated
  'sidekick@lab-1': { status: 'INACTIVE', heartbeatAgeSeconds: null, k8s: null, traits: 'none', createdAgeSeconds: 9 * day },
};

const failure = 'admission webhook denied the request: image registry not allowed';

export function defaultWorld({ world, put, chance }: Stage): void {
  const dated = <T extends { createdAgeSeconds: number }>(told: T): T => ({
    ...told,
    createdAgeSeconds: told.createdAgeSeconds + chance.int(day),
  });
  put({
    generators: generators.map(dated),
    stacks: stacks.map((stack) => ({ ...dated(stack), revisedAgeSeconds: 3 * day + hour + chance.int(2 * day) })),
  });
  const agents: AgentSeed[] = [];
  const events: EventSeed[] = [];
  const health: HealthSeed[] = [];
  for (const [place, clusterName] of clusters.entries()) {
    const isLab = clusterName === 'lab-1';
    for (const { name, label, targets } of [...roles, ...(place < 2 ? [{ name: 'till', label: 'role:till', targets: [] }] : [])]) {
      const key = `${name}@${clusterName}`;
      const { traits = {}, ...other } = troubled[key] ?? {};
      const everyMs = 9000 + chance.int(2000);
      const life =
        traits === 'none'
          ? undefined
          : aLife({ everyMs, channel: chance.int(4) === 0 ? 'rest' : 'socket', latencyMs: 5 + chance.int(30), ...traits });
      agents.push(
        anAgent({
          name,
          clusterName,
          labels: [`region:${clusterName.slice(0, 3)}`, isLab ? 'env:lab' : 'env:prod', label],
          annotations: { site: clusterName },
          generators: ['payments', 'platform', 'storefront'].slice(0, name === 'sidekick' ? 1 : 3),
          targets: isLab ? [] : targets,
          createdAgeSeconds: 40 * day + chance.int(120 * day),
          heartbeatAgeSeconds: chance.int(90) / 10,
          k8s: { isReachable: life?.isReachable ?? true, latencyMs: (life?.isReachable ?? true) ? 5 + chance.int(30) : null },
          isConnected: life?.channel === 'socket',
          ...(life ? { life } : {}),
          ...other,
        }),
      );
    }
  }
  const seeded = put({ agents });
  for (const [index, agent] of seeded.agents.entries()) {
    const told = agents[index];
    if (!told || agent.last_heartbeat === null || agent.status !== 'ACTIVE' || told.life?.applies === 'never') continue;
    const isBad = told.life?.applies === 'badly';
    for (const object of world.targeting.state(agent.id, 'full')) {
      const stack = object.stack_id;
      const since = Math.max(0, (told.heartbeatAgeSeconds ?? 0) - 10);
      const ageSeconds = since + 20 * minute + chance.int(3 * day);
      events.push(anEvent({ agent: agent.id, stack, ageSeconds, ...(isBad ? { status: 'FAILURE', message: failure } : {}) }));
      const older = world.objects.in('stack', stack).length - 1;
      for (let revisionsBack = 1; revisionsBack <= older; revisionsBack += 1) {
        events.push(anEvent({ agent: agent.id, stack, revisionsBack, ageSeconds: 5 * day * (revisionsBack + 1) + chance.int(day) }));
      }
      const status = observed(object, told.life?.health ?? 'healthy');
      if (!isBad) health.push(aHealthRecord({ agent: agent.id, stack, status, ageSeconds: since + chance.int(50) }));
    }
  }
  put({ events, health });
  auditPast(
    world,
    seeded.agents.map(({ id, name, cluster_name: cluster }) => ({ id, name, cluster })),
  );
}

/** What happens without anybody's doing. */
export function ordinaryLife({ world, living }: Pick<Stage, 'world' | 'living'>): void {
  keepDelivering(world);
  // Whoever takes a new key puts it where the agent runs, so it comes up, or comes back, a little later.
  world.onKey((agent) => {
    const { pak_hash: key } = agent;
    world.after(25_000, () => {
      if (agent.deleted_at === null && agent.pak_hash === key) living.revive(agent);
    });
  });
}

/** A pipeline somewhere submits a new revision now and then. */
function keepDelivering(world: Stage['world']): void {
  world.every(12 * minute * 1000, () => {
    const stack = [...world.stacks.values()].find(({ name, deleted_at: gone }) => name === 'fraud-scores' && gone === null);
    if (!stack) return;
    const build = world.objects.in('stack', stack.id).length;
    storeObject(world, stack.id, {
      yaml_content: aDeployment('fraud-scores', `registry.example.test/fraud:0.5.${String(build)}`),
      is_deletion_marker: false,
    });
  });
}

function auditPast(world: Stage['world'], agents: readonly { id: string; name: string; cluster: string }[]): void {
  const recent = agents.slice(-9);
  for (const [index, { id, name, cluster }] of recent.entries()) {
    const timestamp = world.now() - (recent.length - index) * 3 * hour * second;
    const base = { timestamp, actor_type: 'admin' as const, actor_id: null, resource_id: id };
    world.audit.seed({
      ...base,
      id: world.chance.uuid(),
      action: 'agent.created',
      resource_type: 'agent',
      details: { cluster_name: cluster, name },
    });
    world.audit.seed({ ...base, id: world.chance.uuid(), action: 'pak.created', resource_type: 'pak', details: { entity: 'agent', name } });
  }
}

/** Every agent of a cluster stopped at one moment in the past. */
export function loseCluster({ world, living }: Stage, cluster: string, ageSeconds: number): void {
  const at = world.now() - ageSeconds * second;
  for (const agent of world.agents.values()) {
    if (agent.cluster_name !== cluster || agent.last_heartbeat === null) continue;
    living.silence(agent.id);
    agent.socket = null;
    agent.rhythm = null;
    Object.assign(agent, { last_heartbeat: Math.min(agent.last_heartbeat, at), updated_at: at, k8s_reported_at: at });
  }
}
