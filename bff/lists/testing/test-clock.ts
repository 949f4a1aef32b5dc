import type { Clock } from '#contract/ports.ts';

export interface TestClock extends Clock {
  /** Lets time pass, timer by timer; what a timer sets off has come to rest when the next one runs. */
  advance(ms: number): Promise<void>;
  /** Lets time pass, step by step, until the work is done. */
  until<T>(work: Promise<T>, stepMs?: number): Promise<T>;
}
/** Waiting on this clock is not work, so whoever still is busy after so many turns of the loop does just that. */
const mostTurns = 25;
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** A clock that stands still. Fakes answer within microtasks; `isBusy` tells of work that takes turns of the loop. */
export function testClock(isBusy: () => boolean = () => false): TestClock {
  let nowMs = Date.UTC(2026, 2, 2, 9, 15, 31);
  const timers = new Set<{ dueMs: number; callback: () => void }>();

  async function settle() {
    await turn();
    for (let turns = 0; isBusy() && turns < mostTurns; turns += 1) await turn();
  }
  async function advance(ms: number) {
    const untilMs = nowMs + ms;
    for (;;) {
      await settle();
      const [next] = [...timers].filter(({ dueMs }) => dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs);
      if (next === undefined) break;
      timers.delete(next);
      nowMs = Math.max(nowMs, next.dueMs);
      next.callback();
    }
    nowMs = untilMs;
    await settle();
  }
  return {
    now: () => nowMs,
    setTimer(callback, ms) {
      const timer = { dueMs: nowMs + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance,
    async until(work, stepMs = 50) {
      const state = { isDone: false };
      const done = work.finally(() => (state.isDone = true));
      done.catch(() => undefined); // told below, once time has passed
      while (!state.isDone) await advance(stepMs);
      return done;
    },
  };
}
