import type { Seed } from './builders.ts';
import type { Chance } from './chance.ts';
import { crowd } from './crowd.ts';
import { defaultWorld, loseCluster, ordinaryLife } from './default-world.ts';
import type { Fault } from './faults.ts';
import type { Life } from './life.ts';
import type { Seeded } from './seed.ts';
import type { World } from './world.ts';

export interface Stage {
  world: World;
  living: Life;
  put: (told: Seed) => Seeded;
  /** How many agents there are to be at least. */
  agents: number;
  chance: Chance;
}
export interface Scenario {
  about: string;
  populate(stage: Stage): void;
  /** What happens by itself from then on. */
  goOn?(stage: Pick<Stage, 'world' | 'living'>): void;
  /** The admin key is of the read-only kind: changes are 403 with an empty body (CONTRACT 2.7). */
  isReadOnly?: true;
  faults?: readonly Fault[];
}

const everybody = (stage: Stage) => {
  defaultWorld(stage);
  crowd(stage);
};
export const scenarioNames = ['default', 'empty', 'cluster-down', 'denied', 'slow', 'flaky'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export const scenarios: Record<ScenarioName, Scenario> = {
  default: { about: 'six clusters, about forty agents, some trouble of each kind', populate: everybody, goOn: ordinaryLife },
  empty: { about: 'a broker at its first start, plus the agents asked for', populate: crowd },
  'cluster-down': {
    about: 'default, and one whole cluster fell silent twelve minutes ago',
    populate(stage) {
      everybody(stage);
      loseCluster(stage, 'ams-prod-1', 720);
    },
    goOn: ordinaryLife,
  },
  denied: { about: 'default, and the broker refuses every change', populate: everybody, goOn: ordinaryLife, isReadOnly: true },
  slow: {
    about: 'default, and every answer takes 0.4 to 2.5 s',
    populate: everybody,
    goOn: ordinaryLife,
    faults: [{ delayMs: { from: 400, to: 2500 } }],
  },
  flaky: {
    about: 'default, and one answer in seven fails in one way or another',
    populate: everybody,
    goOn: ordinaryLife,
    faults: [
      { share: 0.05, outcome: { status: 500 } },
      { share: 0.03, outcome: 'html' },
      { share: 0.02, outcome: 'truncate' },
      { share: 0.02, outcome: 'reset' },
      { share: 0.01, outcome: 'reset_after' },
      { share: 0.02, delayMs: 4000 },
    ],
  },
};
