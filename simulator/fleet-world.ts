import { aGenerator, aStack, type StackSeed } from './builders.ts';
import { crowd, regions, roles } from './crowd.ts';
import { crowdCluster } from './crowd-life.ts';
import { answerPast, type PastLife } from './past.ts';
import { lastBeat } from './rhythms.ts';
import type { Agent } from './rows.ts';
import type { Stage } from './scenarios.ts';
import { aDaemon, aService, nodeRules } from './yaml-samples.ts';

const hour = 3600;
const day = 24 * hour;
const pilots = 1000;

/** What a fleet of shops runs: one stack per role, tax rules for some regions, and a pilot that is targeted shop by shop. */
function fleetStacks(): StackSeed[] {
  const versions = ['1.6.0', '1.6.2', '1.7.0', '1.7.1', '1.8.0'];
  const ages = [25 * day, 18 * day, 9 * day, 3 * day];
  const byRole = roles.map((role, index) =>
    aStack({
      name: `${role}-app`,
      generator: 'retail',
      description: `What every ${role} runs`,
      labels: [`role:${role}`],
      createdAgeSeconds: 200 * day,
      revisions: versions.map((version, place) => ({
        ageSeconds: ages[place] ?? (6 + index) * hour,
        yaml:
          role === 'ingress'
            ? aDaemon({ name: role, namespace: role, image: `registry.example.test/${role}:${version}` })
            : aService({ name: role, namespace: role, image: `registry.example.test/${role}:${version}` }),
      })),
    }),
  );
  const byRegion = regions.slice(4).map((region, index) =>
    aStack({
      name: `tax-rules-${region}`,
      generator: 'retail',
      labels: [`region:${region}`],
      createdAgeSeconds: 100 * day,
      revisions: [40, 11, 2].map((age, place) => ({
        ageSeconds: age * day + index * hour,
        yaml: nodeRules({ name: 'tax', maxPods: 20 + place, egress: ['10.0.0.0/8'] }),
      })),
    }),
  );
  const pilot = aStack({
    name: 'self-checkout',
    generator: 'retail',
    description: 'Pilot in a thousand shops',
    createdAgeSeconds: 30 * day,
    revisions: ['0.8.0', '0.8.4', '0.9.0'].map((version) =>
      aService({ name: 'self-checkout', namespace: 'checkout', image: `registry.example.test/self-checkout:${version}` }),
    ),
  });
  return [...byRole, ...byRegion, pilot];
}

/** Ten thousand agents that are served something, most of them well; one in fifty never consented to what its labels match. */
export function fleetWorld(stage: Stage): void {
  const { world, put, chance } = stage;
  put({
    generators: [aGenerator({ name: 'retail', description: 'Shops of all regions', createdAgeSeconds: 300 * day })],
    stacks: fleetStacks(),
  });
  const before = new Set([...world.agents.values()].map(({ id }) => id));
  let index = 0;
  crowd(stage, () => {
    index += 1;
    return { generators: index % 50 === 0 ? [] : ['retail'], targets: index % 8 === 1 && index < pilots * 8 ? ['self-checkout'] : [] };
  });
  const now = world.now();
  const lives = [...world.agents.values()].flatMap((agent): [Agent, PastLife][] => {
    const heard = agent.rhythm ? lastBeat(agent.rhythm, now) : agent.last_heartbeat;
    const isStuck = chance.int(250) === 0;
    if (before.has(agent.id) || agent.status !== 'ACTIVE' || heard === null || agent.k8s_reachable === false || isStuck) return [];
    const lot = chance.int(400);
    const health = lot === 0 ? 'failing' : lot < 4 ? 'degraded' : 'healthy';
    return [
      [
        agent,
        {
          ...crowdCluster(agent),
          health,
          heard,
          ...(lot === 5 ? { failure: 'admission webhook denied the request: image registry not allowed' } : {}),
        },
      ],
    ];
  });
  answerPast(world, chance, lives, 1);
}
