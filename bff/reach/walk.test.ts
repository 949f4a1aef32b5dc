import { describe, expect, test } from 'vitest';
import { walkBudget } from './pace.ts';
import { madeUpWorld } from './testing/made-up-world.ts';
import { walkOver, worldOf } from './testing/walk-over.ts';
import { reachedIds } from './testing/reached-ids.ts';

describe('the budget', () => {
  test('a walk asks once for all it needs, at most 100 a second and four at once', async () => {
    const { walk, asked, seen, pass, passWalk } = walkOver(worldOf(200, 10), { latencyMs: 35, leastWalkMs: 60_000 });
    walk.resume();
    await passWalk();
    expect(asked).toHaveLength(200 * 3 + 10 * 2 + 1);
    expect(seen.mostAtOnce).toBe(walkBudget.atOnce);
    for (const { atMs } of asked)
      expect(asked.filter((it) => it.atMs >= atMs && it.atMs < atMs + 1_000).length).toBeLessThanOrEqual(walkBudget.perSecond);
    const before = asked.length;
    await pass(10_000);
    expect(asked).toHaveLength(before); // a small world rests until a minute after its walk began
    await pass(50_000);
    expect(asked.length).toBeGreaterThan(before);
  });
  test('with a larger one the same walk would take more', async () => {
    const { walk, asked, seen, clock, passWalk } = walkOver(worldOf(200, 10), {
      latencyMs: 35,
      leastWalkMs: 60_000,
      budget: { perSecond: 1_000, atOnce: 40 },
    });
    const startMs = clock.now();
    walk.resume();
    await passWalk();
    expect(seen.mostAtOnce).toBeGreaterThan(walkBudget.atOnce);
    expect(asked.filter(({ atMs }) => atMs < startMs + 1_000).length).toBeGreaterThan(2 * walkBudget.perSecond);
  });
  test('it is spent when the broker is quick', async () => {
    const { walk, asked, passWalk, clock } = walkOver(worldOf(300, 10), { latencyMs: 10 });
    const startMs = clock.now();
    walk.resume();
    await passWalk();
    expect(asked.length / ((clock.now() - startMs) / 1_000)).toBeGreaterThan(90);
  });
  test('it is halved while the median is over three times the best, and whole again after', async () => {
    const { walk, asked, seen, pass } = walkOver(worldOf(2_000, 10), { latencyMs: 12 });
    walk.resume();
    await pass(3_000);
    expect(walk.status()).toMatchObject({ isHalved: false, bestMs: 15 });
    seen.latencyMs = 80;
    await pass(3_000);
    expect(walk.status().isHalved).toBe(true);
    seen.mostAtOnce = 0;
    const before = asked.length;
    await pass(2_000);
    expect(asked.length - before).toBeLessThanOrEqual(2_000 / 20);
    expect(seen.mostAtOnce).toBe(2);
    seen.latencyMs = 20;
    await pass(3_000);
    expect(walk.status().isHalved).toBe(false);
  });
  test('a broker three times as slow is not slow while it still answers at once', async () => {
    const { walk, seen, pass } = walkOver(worldOf(2_000, 10), { latencyMs: 5 });
    walk.resume();
    await pass(2_000);
    seen.latencyMs = 25;
    await pass(2_000);
    expect(walk.status().isHalved).toBe(false);
  });
  test('paused, nothing is asked; resumed, it goes on where it was', async () => {
    const { walk, asked, pass, passWalk } = walkOver(worldOf(50, 5), { leastWalkMs: 60_000 });
    walk.resume();
    await pass(500);
    walk.pause();
    await pass(100);
    const before = asked.length;
    await pass(5_000);
    expect(asked).toHaveLength(before);
    walk.resume();
    await passWalk();
    expect(asked).toHaveLength(50 * 3 + 5 * 2 + 1);
  });
});

describe('the order', () => {
  test('what explains is read before what it explains', async () => {
    const { walk, asked, passWalk } = walkOver(worldOf(3, 2));
    walk.resume();
    await passWalk();
    expect(asked[0]?.what).toBe('registeredAgents');
    const lastOfStacks = asked.findLastIndex(({ what }) => what === 'stackAnnotations');
    expect(asked.findIndex(({ what }) => what === 'labels')).toBeGreaterThan(lastOfStacks - 3);
    const own = asked.filter(({ id }) => id === 'a1').map(({ what }) => what);
    expect(own).toEqual(['labels', 'annotations', 'stacksOf']);
  });
  test('what the console changed comes before what is on screen, and both before the rest', async () => {
    const { walk, asked, pass } = walkOver(worldOf(500, 20));
    walk.resume();
    await pass(1_000);
    const before = asked.length;
    walk.shown({ agents: ['a7', 'a8'] });
    walk.changed({ agents: ['a400'], stacks: ['s3'] });
    await pass(400);
    const urgent = asked.slice(before).filter(({ id }) => ['a7', 'a8', 'a400', 's3'].includes(id));
    // While one request of each is under way there is room for what is on screen.
    expect(urgent.map(({ id }) => id).slice(0, 2)).toEqual(['s3', 'a400']);
    expect(urgent).toHaveLength(2 + 3 * 3);
    expect(asked.slice(before, before + 10)).toEqual(urgent.slice(0, 10));
  });
  test('what is on screen is not asked again within a minute', async () => {
    const { walk, asked, pass, passWalk } = walkOver(worldOf(3, 2), { leastWalkMs: 600_000 });
    walk.resume();
    await passWalk();
    const before = asked.length;
    walk.shown({ agents: ['a0'], stacks: ['s0'] });
    await pass(1_000);
    expect(asked).toHaveLength(before);
    await pass(60_000);
    walk.shown({ agents: ['a0'] });
    walk.shown({ agents: ['a0'] });
    await pass(1_000);
    expect(asked.slice(before).map(({ id }) => id)).toEqual(['a0', 'a0', 'a0']);
  });
  test('the oldest facts are read first in the next walk', async () => {
    const { walk, asked, pass, passWalk } = walkOver(worldOf(6, 1), { leastWalkMs: 90_000 });
    walk.resume();
    await passWalk();
    await pass(70_000);
    walk.shown({ agents: ['a0', 'a1'] });
    await pass(1_000);
    const before = asked.length;
    await passWalk();
    const order = asked
      .slice(before)
      .filter(({ what }) => what === 'labels')
      .map(({ id }) => id);
    expect(order.slice(-2).toSorted()).toEqual(['a0', 'a1']);
  });
  test('a thing read since the walk began is not read twice in it', async () => {
    const { walk, asked, passWalk } = walkOver(worldOf(40, 1), { leastWalkMs: 60_000 });
    walk.resume();
    walk.changed({ agents: ['a9'] });
    await passWalk();
    expect(asked.filter(({ id, what }) => id === 'a9' && what === 'labels')).toHaveLength(1);
  });
});

describe('a world that changes', () => {
  test.each([3, 4, 5, 6])('one walk later everything is as the broker has it, changes made by others included (world %i)', async (seed) => {
    const world = madeUpWorld(seed);
    for (let step = 0; step < 150; step += 1) world.change();
    const { walk, index, pass, passWalk } = walkOver(world);
    walk.resume();
    for (let round = 0; round < 3; round += 1) {
      for (let step = 0; step < 40; step += 1) {
        world.change();
        walk.setAgents([...world.agents.keys()]);
        walk.setStacks(world.rows());
        await pass(30);
      }
      await passWalk(); // the one under way may have passed by what changed
      await passWalk();
      for (const id of world.agents.keys())
        expect(
          index
            .stacksOf(id)
            ?.reached.map((it) => it.id)
            .toSorted(),
        ).toEqual(world.stacksOf(id).toSorted());
      expect(index.agentsKnown()).toMatchObject({ known: world.agents.size, total: world.agents.size });
    }
  });
  test('a new agent is read next, one that is gone no more', async () => {
    const { walk, asked, world, pass } = walkOver(worldOf(300, 1));
    walk.resume();
    await pass(1_000);
    world.agents.set('new', { labels: new Set(), annotations: new Map(), targets: new Set(), registrations: new Set() });
    world.agents.delete('a0');
    walk.setAgents([...world.agents.keys()]);
    const before = asked.length;
    await pass(300);
    expect(asked.slice(before).some(({ id }) => id === 'new')).toBe(true);
    await pass(20_000);
    expect(asked.slice(before).some(({ id }) => id === 'a0')).toBe(false);
  });
  test('an answer that differs from the computed one is told once a walk', async () => {
    const { walk, world, log, passWalk } = walkOver(worldOf(2, 1));
    world.stacksOf = () => [];
    walk.resume();
    await passWalk();
    expect(log.warn).toHaveBeenCalledExactlyOnceWith('reach differed from the broker’s own answers', { agents: 2, pairs: 2 });
  });
});

describe('failures', () => {
  test('leave the old fact with its age', async () => {
    const { walk, index, seen, pass, passWalk } = walkOver(worldOf(1, 1), { leastWalkMs: 10_000 });
    walk.resume();
    await passWalk();
    const known = index.agentsKnown();
    seen.refuses = () => true;
    await pass(30_000);
    expect(index.agentsKnown()).toEqual(known);
    expect(reachedIds(index, 's0')).toEqual(['a0']);
    expect(walk.status().failures).toBeGreaterThan(0);
  });
  test('in a row they slow the walk down to one request a minute, and one answer sets it free', async () => {
    const { walk, asked, seen, pass } = walkOver(worldOf(3_000, 1));
    seen.refuses = () => true;
    walk.resume();
    await pass(10 * 60_000);
    const before = asked.length;
    await pass(10 * 60_000);
    expect(asked.length - before).toBeLessThanOrEqual(11);
    seen.refuses = () => false;
    await pass(61_000);
    const after = asked.length;
    await pass(1_000);
    expect(asked.length - after).toBeGreaterThan(80);
  });
  test('of what the console changed are tried again, three times at most', async () => {
    const { walk, asked, seen, pass, passWalk } = walkOver(worldOf(2, 1), { leastWalkMs: 600_000 });
    walk.resume();
    await passWalk();
    const before = asked.length;
    seen.refuses = ({ id }) => id === 'a1';
    walk.changed({ agents: ['a1'] });
    await pass(60_000);
    expect(asked.slice(before).map(({ what }) => what)).toEqual(['labels', 'labels', 'labels']);
  });
});

test('closed, it asks nothing and takes no more', async () => {
  const { walk, asked, pass } = walkOver(worldOf(50, 1));
  walk.resume();
  await pass(100);
  walk.close();
  walk.resume();
  const before = asked.length;
  await pass(5_000);
  expect(asked).toHaveLength(before);
});
