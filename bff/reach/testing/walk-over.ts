import { vi } from 'vitest';
import { manualClock } from '#bff/testing/world.ts';
import type { Log } from '#contract/ports.ts';
import { createReachIndex } from '../index.ts';
import type { walkBudget } from '../pace.ts';
import type { ReachSource } from '../visits.ts';
import { createReachWalk } from '../walk.ts';
import { madeUpWorld } from './made-up-world.ts';
import type { MadeUpWorld } from './made-up-world.ts';

export interface Asked {
  what: keyof ReachSource;
  id: string;
  atMs: number;
}
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** A walk over a made-up world; each request takes `latencyMs` of the clock. */
export function walkOver(
  world: MadeUpWorld,
  { latencyMs = 20, ...options }: { latencyMs?: number; leastWalkMs?: number; budget?: typeof walkBudget } = {},
) {
  const clock = manualClock();
  const asked: Asked[] = [];
  let running = 0;
  const none: (request: Asked) => boolean = () => false;
  const seen = { mostAtOnce: 0, latencyMs, refuses: none };
  async function answer<T>(what: keyof ReachSource, id: string, value: () => T): Promise<T> {
    const request = { what, id, atMs: clock.now() };
    asked.push(request);
    running += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, running);
    const isRefused = seen.refuses(request);
    const known = value();
    await new Promise<void>((resolve) => clock.setTimer(resolve, seen.latencyMs));
    running -= 1;
    if (isRefused) throw new Error('refused');
    return known;
  }
  const source: ReachSource = {
    labels: (id) => answer('labels', id, () => world.labels(world.agents.get(id))),
    annotations: (id) => answer('annotations', id, () => world.annotations(world.agents.get(id))),
    stacksOf: (id) => answer('stacksOf', id, () => world.stacksOf(id)),
    stackLabels: (id) => answer('stackLabels', id, () => world.labels(world.stacks.get(id))),
    stackAnnotations: (id) => answer('stackAnnotations', id, () => world.annotations(world.stacks.get(id))),
    registeredAgents: (id) => answer('registeredAgents', id, () => world.registered(id)),
  };
  const index = createReachIndex();
  const log = { ...silent, warn: vi.fn<Log['warn']>() };
  const walk = createReachWalk({ index, source, clock, log, leastWalkMs: 0, ...options });
  walk.setAgents([...world.agents.keys()]);
  walk.setStacks(world.rows());
  /** Lets time pass in small steps, and what answers set off happen between them. */
  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= 5) {
      clock.advance(Math.min(5, left));
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    }
  }
  async function passWalk() {
    const before = walk.status().lastWalk;
    while (walk.status().lastWalk === before) await pass(50);
  }
  return { world, clock, index, walk, asked, seen, log, pass, passWalk };
}
export function worldOf(agents: number, stacks: number) {
  const world = madeUpWorld(1);
  world.agents.clear();
  world.stacks.clear();
  for (let at = 0; at < agents; at += 1) {
    const registrations = new Set(['g1']);
    world.agents.set(`a${at}`, { labels: new Set(['edge']), annotations: new Map(), targets: new Set(), registrations });
  }
  for (let at = 0; at < stacks; at += 1)
    world.stacks.set(`s${at}`, { generatorId: 'g1', labels: new Set(['edge']), annotations: new Map() });
  return world;
}
