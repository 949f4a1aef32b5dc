import type { Clock } from '../ports.ts';

/** A clock that stands until it is moved; due timers fire in order, each at its own time. */
export function manualClock(start = 1_800_000_000_000): Clock & { advance(ms: number): void; readonly timers: number } {
  let now = start;
  let nextKey = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  return {
    now: () => now,
    setTimer(callback, ms) {
      const key = (nextKey += 1);
      timers.set(key, { at: now + ms, callback });
      return () => void timers.delete(key);
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= until).toSorted(([a, one], [b, other]) => one.at - other.at || a - b)[0];
        if (!due) break;
        timers.delete(due[0]);
        now = due[1].at;
        due[1].callback();
      }
      now = until;
    },
    get timers() {
      return timers.size;
    },
  };
}
