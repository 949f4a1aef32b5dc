import { aGenerator, anAgent, type AgentSeed, aStack } from './builders.ts';
import { aLife, type Traits } from './life.ts';
import { answerPast, type PastLife } from './past.ts';
import type { Agent } from './rows.ts';
import type { Stage } from './scenarios.ts';
import { aDaemon, aService } from './yaml-samples.ts';

const minute = 60;
const day = 24 * 60 * minute;
const strict = ['registry.example.test'];
const newest = 'images.partner.example/ledger:3.2.0';

type Fate = 'healthy' | 'refused' | 'failing' | 'degraded' | 'unpulled' | 'silent' | 'stale' | 'pending';
const lives: Record<Fate, Partial<Traits> | 'none'> = {
  healthy: {},
  refused: { registries: strict },
  failing: { trouble: { mentions: newest, status: 'failing', condition: 'PodFailed', message: 'container exited with code 1' } },
  degraded: {
    trouble: { mentions: newest, status: 'degraded', condition: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' },
  },
  unpulled: {
    trouble: { mentions: newest, status: 'degraded', condition: 'ImagePullBackOff', message: `Back-off pulling image "${newest}"` },
  },
  silent: 'none',
  stale: 'none',
  pending: { applies: 'never' },
};
/** Who is not simply well, by cluster; `well` counts the others. */
const clusters: readonly { name: string; prefix: string; well: number; told: readonly (readonly [name: string, fate: Fate])[] }[] = [
  {
    name: 'fra-prod-2',
    prefix: 'ledger',
    well: 5,
    told: [
      ['edge-runner', 'refused'],
      ['ledger-a', 'failing'],
      ['ledger-k', 'stale'],
      ['ledger-m', 'pending'],
    ],
  },
  {
    name: 'edge-eu',
    prefix: 'store-muc',
    well: 1,
    told: [
      ['store-ber-01', 'refused'],
      ['store-ham-01', 'refused'],
      ['store-cgn-01', 'stale'],
      ['store-fra-02', 'pending'],
    ],
  },
  {
    name: 'iad-prod-1',
    prefix: 'ledger-us',
    well: 5,
    told: [
      ['ledger-g', 'silent'],
      ['ledger-p', 'pending'],
    ],
  },
  { name: 'fra-prod-1', prefix: 'gateway-1', well: 8, told: [['gateway-11', 'degraded']] },
  {
    name: 'dub-prod-1',
    prefix: 'gateway-2',
    well: 6,
    told: [
      ['gateway-21', 'unpulled'],
      ['gateway-29', 'pending'],
    ],
  },
];
const ledger = (image: string, replicas = 2) =>
  aService({ name: 'ledger', namespace: 'payments', image, replicas, settings: { CURRENCY: 'EUR' }, streamsLogs: true });
const own = (tag: string) => ledger(`registry.example.test/ledger:${tag}`);

/** Eight revisions; the newest came three minutes ago from a registry that not every cluster admits, so that going back heals most of it. */
const stacks = [
  aStack({
    name: 'ledger',
    generator: 'payments',
    description: 'Ledger service, EU',
    labels: ['tier:gold', 'app:ledger'],
    annotations: { oncall: 'payments' },
    createdAgeSeconds: 60 * day,
    revisions: [
      { ageSeconds: 18 * day, sequence: 3744, yaml: own('2.9.0') },
      { ageSeconds: 17 * day, sequence: 3760, yaml: own('2.9.1') },
      { ageSeconds: 14 * day, sequence: 3811, yaml: own('3.0.0') },
      { ageSeconds: 12 * day, sequence: 3902, yaml: own('3.0.0') },
      { ageSeconds: 9 * day, sequence: 3968, yaml: own('3.0.2') },
      { ageSeconds: 5 * day, sequence: 4077, yaml: own('3.1.0') },
      { ageSeconds: 2 * day, sequence: 4131, yaml: own('3.1.1') },
      { ageSeconds: 3 * minute, sequence: 4182, yaml: ledger(newest) },
    ],
  }),
  aStack({
    name: 'ingress',
    generator: 'platform',
    labels: ['role:edge'],
    createdAgeSeconds: 50 * day,
    revisions: ['1.11.0', '1.12.0', '1.12.1'].map((tag, index) => ({
      ageSeconds: (20 - index * 6) * day,
      yaml: aDaemon({ name: 'ingress', namespace: 'ingress', image: `registry.example.test/ingress:${tag}` }),
    })),
  }),
];

function agentOf(name: string, clusterName: string, fate: Fate, place: number): AgentSeed {
  const traits = lives[fate];
  const life = traits === 'none' ? undefined : aLife({ everyMs: 9000 + (place % 5) * 400, latencyMs: 6 + (place % 20), ...traits });
  return anAgent({
    name,
    clusterName,
    labels: ['tier:gold', `region:${clusterName.split('-')[0] ?? ''}`, ...(place % 7 === 0 ? ['role:edge'] : [])],
    generators: ['payments', 'platform'],
    targets: fate === 'refused' || place % 19 === 8 ? ['ledger'] : [],
    createdAgeSeconds: (place < 22 ? 40 : place < 36 ? 15 : place < 37 ? 10 : 6) * day, // the fleet grew while the stack did
    heartbeatAgeSeconds: fate === 'silent' ? 14 * minute : fate === 'stale' ? 3.5 * minute : (place % 9) + 0.5,
    isConnected: fate !== 'silent' && fate !== 'stale',
    ...(fate === 'stale' ? { pulse: { everySeconds: 10, burst: { everySeconds: 600, lastsSeconds: 20 } } } : {}),
    ...(life ? { life } : {}),
  });
}

export function midRollout({ world, put, chance }: Stage): void {
  put({
    generators: [
      aGenerator({ name: 'payments', description: 'Payments squad pipelines' }),
      aGenerator({ name: 'platform', description: 'Platform team' }),
    ],
    stacks,
  });
  const fates = clusters.flatMap(({ name: cluster, prefix, well, told }) => {
    const taken = new Set(told.map(([name]) => name)); // a name is there once in a cluster
    const names = Array.from({ length: well + told.length }, (_, index) => `${prefix}${String(index + 1)}`);
    const others = names.filter((name) => !taken.has(name)).slice(0, well);
    return [
      ...told.map(([name, fate]) => ({ name, cluster, fate })),
      ...others.map((name) => ({ name, cluster, fate: 'healthy' as const })),
    ];
  });
  const seeds = fates.map(({ name, cluster, fate }, place) => agentOf(name, cluster, fate, place));
  const { agents } = put({ agents: seeds });
  const past = agents.flatMap((agent, index): [Agent, PastLife][] => {
    const { life } = seeds[index] ?? {};
    // Who is pending, stale or silent answered all but the newest revision.
    const sawNewest = life !== undefined && life.applies !== 'never';
    const heard = Math.min(agent.last_heartbeat ?? 0, sawNewest ? world.now() : world.now() - 4 * minute * 1_000_000);
    return [[agent, { health: 'healthy', ...life, heard }]];
  });
  answerPast(world, chance, past);
  put({
    agents: ['kiosk-07', 'kiosk-08'].map((name) =>
      anAgent({ name, clusterName: 'dub-prod-1', labels: ['tier:gold'], generators: ['platform'], life: aLife() }),
    ), // shares the label, consented to others
  });
}
