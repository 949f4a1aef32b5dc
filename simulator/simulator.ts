import { agents } from './agents.ts';
import { annotations } from './annotations.ts';
import { audit } from './audit.ts';
import type { Seed } from './builders.ts';
import { chance } from './chance.ts';
import { connections } from './connections.ts';
import { deploymentObjects } from './deployment-objects.ts';
import { events } from './events.ts';
import { faults, type Faults } from './faults.ts';
import { feeds } from './feeds.ts';
import { fleet } from './fleet.ts';
import { agentHandles, type AgentHandles } from './agent-handles.ts';
import { generators } from './generators.ts';
import { health } from './health.ts';
import { labels } from './labels.ts';
import { life } from './life.ts';
import { countRequest, measures } from './measures.ts';
import { pakHash, publicAdminPakHash } from './pak.ts';
import type { Clock, FeedAnswer, SimulatorAnswer, SimulatorRequest } from './ports.ts';
import { registrations } from './registrations.ts';
import { router } from './router.ts';
import { loadWorld, saveWorld, type SavedWorld } from './saved-world.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';
import { type Seeded, seeder } from './seed.ts';
import { stackLabels } from './stack-labels.ts';
import { stacks } from './stacks.ts';
import { publicPages } from './system.ts';
import { targets } from './targets.ts';
import { telemetryHistory } from './telemetry.ts';
import { splitTarget, transport } from './transport.ts';
import { createWorld } from './world.ts';

export interface SimulatorOptions {
  /** The same seed, clock and scenario give the same world. */
  seed: number | string;
  clock: Clock;
  scenario?: ScenarioName;
  /** How many agents there are at least; those beyond the scenario's own heartbeat by arithmetic. */
  agents?: number;
  /** The admin key, or only its hash; left out, the hash that brokers ship with. */
  adminPak?: string;
  adminPakHash?: string;
  /** Goes on from here instead of populating the scenario. */
  saved?: SavedWorld;
}
export interface Simulator {
  /** Answers one request as the broker would. @throws ConnectionLost by a fault, or the signal's reason */
  send(request: SimulatorRequest): Promise<SimulatorAnswer>;
  /** The broker's side of a WebSocket handshake, on a consumer's feed or an agent's `/internal/ws/agent`. */
  openFeed(path: string, headers: Record<string, string | undefined>): FeedAnswer;
  seed(told: Seed): Seeded;
  /** Starts over: another world of other ids, counters at zero, no faults but the scenario's. */
  reset(scenario?: ScenarioName): Simulator;
  agents: AgentHandles;
  clock: Clock;
  faults: Faults;
  /** Requests seen since the start, by operation: `GET /api/v1/agents/{id}`. */
  count: Counter;
  /** Everything that a later simulator of the same seed and scenario needs to go on. */
  save(): SavedWorld;
  /** Ends all timers and feeds. */
  stop(): void;
}
interface Counter {
  of(operation: string): number;
  total(): number;
  all(): Record<string, number>;
  reset(): void;
}

/** A made-up broker in memory. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock } = options;
  const adminPakHash = (options.adminPak === undefined ? options.adminPakHash : pakHash(options.adminPak)) ?? publicAdminPakHash;
  const counts = new Map<string, number>();
  const trouble = faults(clock, chance(`${String(options.seed)}/faults`));
  let worlds = 0;
  let current = start(options.scenario ?? 'default', options.saved);

  function start(name: ScenarioName, saved?: SavedWorld) {
    const scenario = scenarios[name];
    const seed = String(options.seed);
    // Whoever still asks for what was in the world before finds nothing in this one, and takes nothing of it for that.
    const own = worlds === 0 ? seed : `${seed}/${String(worlds)}`;
    worlds += 1;
    const world = createWorld({ clock, seed: own, adminPakHash, isReadOnly: scenario.isReadOnly ?? false });
    const living = life(world, chance(`${seed}/life/${String(clock.now())}`));
    const routes = router();
    for (const noun of [
      agents,
      labels,
      annotations,
      targets,
      registrations,
      generators,
      stacks,
      stackLabels,
      deploymentObjects,
      events,
      health,
      fleet,
    ]) {
      noun(routes.on, world);
    }
    for (const noun of [telemetryHistory, audit, connections]) noun(routes.on, world);
    measures(world, adminPakHash === publicAdminPakHash);
    const put = seeder(world, living);
    if (saved) loadWorld(world, living, saved);
    else scenario.populate({ world, living, put, agents: options.agents ?? 0, chance: chance(`${seed}/scenario`) });
    scenario.goOn?.({ world, living, chance: chance(`${seed}/ordinary/${String(clock.now())}`) });
    // What is made from here on must not repeat the ids of an earlier run that somebody may have kept.
    world.chance.reseed(`${seed}/${String(clock.now())}`);
    world.noise.reseed(`${seed}/noise/${String(clock.now())}`);
    trouble.set(...(scenario.faults ?? []));
    return {
      name,
      world,
      living,
      put,
      handles: agentHandles(world, living),
      ...transport(world, routes),
      pages: publicPages(world.metrics),
      openFeed: feeds(world),
    };
  }
  /** What the broker's own metrics say of an answer; unknown paths and the metrics themselves are not counted. */
  function measured(method: string, target: string, status: number, since: number): void {
    const { path } = splitTarget(target);
    const { world, has, pages, openFeed } = current;
    if (path === '/metrics' || !(has(path) || pages.has(path) || openFeed.has(path))) return;
    countRequest(world, { method, path, status, ms: clock.now() - since });
  }
  const counted = (operation: string) => void counts.set(operation, (counts.get(operation) ?? 0) + 1);

  const simulator: Simulator = {
    async send(request) {
      const { respond, operationOf, pages, openFeed } = current;
      const since = clock.now();
      const operation = operationOf(request) ?? `${request.method} ${request.path.split('?')[0] ?? ''}`;
      counted(operation);
      const answer = await trouble.around(request, operation, () => pages.answer(request) ?? openFeed.plain(request) ?? respond(request));
      measured(request.method, request.path, answer.status, since);
      return answer;
    },
    openFeed(path, headers) {
      counted(`GET ${path.split('?')[0] ?? ''}`);
      const answer = current.openFeed.upgrade({ method: 'GET', path, headers });
      measured('GET', path, 'refusal' in answer ? answer.refusal.status : 101, clock.now());
      return answer;
    },
    seed: (told) => current.put(told),
    reset(scenario = current.name) {
      simulator.stop();
      counts.clear();
      current = start(scenario);
      return simulator;
    },
    get agents() {
      return current.handles;
    },
    clock,
    faults: trouble,
    count: {
      of: (operation) => counts.get(operation) ?? 0,
      total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
      all: () => Object.fromEntries(counts),
      reset: () => counts.clear(),
    },
    save: () => saveWorld(current.world, current.living),
    stop() {
      current.world.end();
      current.world.feed.end();
      current.world.telemetry.end();
      for (const { socket } of current.world.agents.values()) socket?.link?.close();
    },
  };
  return simulator;
}
