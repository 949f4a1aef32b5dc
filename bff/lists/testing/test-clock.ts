import type { Clock } from '#contract/ports.ts';

export interface TestClock extends Clock {
  /** Lets time pass, timer by timer; what a timer sets off has run when this returns. */
  advance(ms: number): Promise<void>;
}
/** Long enough for what was set off by a timer to come to rest: fakes answer within microtasks, WebCrypto within a few turns of the loop. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 2));

export function testClock(startMs = Date.UTC(2026, 2, 2, 9, 15, 31)): TestClock {
  let nowMs = startMs;
  const timers = new Set<{ dueMs: number; callback: () => void }>();
  return {
    now: () => nowMs,
    setTimer(callback, ms) {
      const timer = { dueMs: nowMs + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
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
    },
  };
}
