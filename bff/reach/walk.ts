import type { Clock, Log } from '#contract/ports.ts';
import type { ReachIndex, ReadTimes } from './index.ts';
import { createPace, walkBudget } from './pace.ts';
import type { ReachKind } from './records.ts';
import { createVisitQueue, stepsOf } from './visits.ts';
import type { ReachSource, Visit } from './visits.ts';

export interface ReachWalkOptions {
  index: ReachIndex;
  source: ReachSource;
  clock: Clock;
  log: Log;
  /** A small world is not read over and over: walks begin at least this far apart. */
  leastWalkMs?: number;
  budget?: { perSecond: number; atOnce: number };
}
/** Things by kind. */
export interface ReachThings {
  agents?: readonly string[];
  stacks?: readonly string[];
  generators?: readonly string[];
}
export interface FinishedWalk {
  startedMs: number;
  endedMs: number;
}

const minute = 60_000;
/** What is on screen is read again when it is older than this. */
const shownForMs = minute;
/** What the console changed is asked for again so often when the broker does not answer. */
const mostTries = 3;
const failuresUntilHeld = 3;
const longestHoldMs = minute;
const newestFirst = (times: ReadTimes[]) => times.toSorted((a, b) => b.readMs - a.readMs).map(({ id }) => id);

/** Reads everything in turn for as long as it runs, within the budget of `createPace`. */
export function createReachWalk({ index, source, clock, log, leastWalkMs = minute, budget = walkBudget }: ReachWalkOptions) {
  const pace = createPace(clock, budget);
  const steps = stepsOf(source, index);
  const abort = new AbortController();
  const queue = createVisitQueue(isDue);
  let isRunning = false;
  let walkStartedMs: number | null = null;
  let lastWalk: FinishedWalk | null = null;
  let requests = 0;
  let failures = 0;
  let failuresInRow = 0;
  let heldUntilMs = Number.NEGATIVE_INFINITY;
  let cancelWake: (() => void) | undefined;
  let cancelNextWalk: (() => void) | undefined;

  /** Gone, or read meanwhile by a more urgent visit. */
  function isDue({ kind, id, level }: Visit): boolean {
    const readMs = index.readMs(kind, id);
    if (readMs === undefined) return false;
    if (level === 'shown') return clock.now() - readMs > shownForMs;
    return level === 'changed' || readMs < (walkStartedMs ?? clock.now());
  }
  function beginWalk() {
    walkStartedMs = clock.now();
    queue.refill({
      generator: newestFirst(index.generatorTimes()),
      stack: newestFirst(index.stackTimes()),
      agent: newestFirst(index.agentTimes()),
    });
    pump();
  }
  function endWalk() {
    if (walkStartedMs === null) return;
    lastWalk = { startedMs: walkStartedMs, endedMs: clock.now() };
    walkStartedMs = null;
    const { agents, pairs } = index.differences();
    if (pairs > 0) log.warn('reach differed from the broker’s own answers', { agents, pairs });
    cancelNextWalk = clock.setTimer(beginWalk, Math.max(0, lastWalk.startedMs + leastWalkMs - lastWalk.endedMs));
  }
  function pump() {
    cancelWake?.();
    if (!isRunning) return;
    // Where nothing was answered for a while, one request at a time finds out.
    while (pace.hasRoom() && (failuresInRow < failuresUntilHeld || pace.running === 0)) {
      const waitMs = Math.max(pace.waitMs(), heldUntilMs - clock.now());
      if (waitMs > 0) {
        cancelWake = clock.setTimer(pump, waitMs);
        return;
      }
      const visit = queue.take();
      if (visit === undefined) {
        if (pace.running === 0) endWalk();
        return;
      }
      if (visit.steps.length === 0) visit.steps = steps[visit.kind](visit.id);
      void request(visit);
    }
  }
  async function request(visit: Visit) {
    const step = visit.steps.shift();
    const ended = pace.begin();
    requests += 1;
    try {
      await step?.(clock.now(), abort.signal);
      ended(true);
      failuresInRow = 0;
      if (visit.steps.length > 0) queue.resume(visit);
      else queue.end(visit);
    } catch (error) {
      ended(false);
      queue.end(visit);
      failed(visit, error);
    }
    pump();
  }
  /** What is known stays as it is, and grows older. */
  function failed({ kind, id, level, failures: before }: Visit, error: unknown) {
    if (abort.signal.aborted) return;
    failures += 1;
    failuresInRow += 1;
    log.debug('reach could not be read', { kind, id, error });
    if (level === 'changed' && before + 1 < mostTries) queue.put('changed', kind, id, before + 1);
    if (failuresInRow >= failuresUntilHeld)
      heldUntilMs = clock.now() + Math.min(longestHoldMs, 1_000 * 2 ** (failuresInRow - failuresUntilHeld));
  }
  function put(level: 'changed' | 'shown', { agents = [], stacks = [], generators = [] }: ReachThings) {
    const each = (kind: ReachKind, ids: readonly string[]) => {
      for (const id of ids) queue.put(level, kind, id);
    };
    each('generator', generators);
    each('stack', stacks);
    each('agent', agents);
    pump();
  }

  return {
    /** The live agents as a snapshot has them. New ones are read next. */
    setAgents(ids: readonly string[]) {
      const { added } = index.put.setAgents(ids);
      queue.putNext('agent', added);
      pump();
    },
    /** The same by what has changed since: agents that are there, and agents that are no more. */
    changeAgents(there: readonly string[], gone: readonly string[]) {
      const { added } = index.put.changeAgents(there, gone);
      queue.putNext('agent', added);
      pump();
    },
    setStacks(rows: readonly { id: string; generatorId: string }[]) {
      const owners = new Set(index.generatorTimes().map(({ id }) => id));
      const { added } = index.put.setStacks(rows);
      queue.putNext('stack', added);
      queue.putNext(
        'generator',
        index.generatorTimes().flatMap(({ id }) => (owners.has(id) ? [] : [id])),
      );
      pump();
    },
    /** The console itself changed these: they are read again before anything else. */
    changed: (things: ReachThings) => put('changed', things),
    /** Somebody looks at these: what is older than a minute is read soon. */
    shown: (things: ReachThings) => put('shown', things),
    /** Starts, or goes on after a pause. */
    resume() {
      if (isRunning || abort.signal.aborted) return;
      isRunning = true;
      if (walkStartedMs === null) beginWalk();
      else pump();
    },
    /** Requests under way still end; none begins. */
    pause() {
      isRunning = false;
      cancelWake?.();
      cancelNextWalk?.();
    },
    close() {
      isRunning = false;
      cancelWake?.();
      cancelNextWalk?.();
      abort.abort();
    },
    status: () => ({ isRunning, walkStartedMs, lastWalk, requests, failures, left: queue.left(), ...pace.measures() }),
  };
}
export type ReachWalk = ReturnType<typeof createReachWalk>;
