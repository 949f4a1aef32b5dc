import type { Clock } from '#contract/ports.ts';

/** Background reads take at most this much of the broker. */
export const walkBudget = { perSecond: 100, atOnce: 4 };

const samplesKept = 40;
const samplesNeeded = 20;
/** The broker is slow when the median is over so many times the best one. */
const slowFactor = 3;
/** Below this a median says more about the clock than about the broker. */
const quickMs = 10;

/** How fast requests may follow each other: within the budget, and within half of it while the broker answers slowly. */
export function createPace(clock: Clock, { perSecond, atOnce }: typeof walkBudget) {
  const latencies: number[] = [];
  let medianMs: number | null = null;
  let bestMs: number | null = null;
  let isHalved = false;
  let running = 0;
  let nextAtMs = Number.NEGATIVE_INFINITY;

  function measured(latencyMs: number) {
    latencies.push(latencyMs);
    if (latencies.length > samplesKept) latencies.shift();
    if (latencies.length < samplesNeeded) return;
    medianMs = latencies.toSorted((a, b) => a - b)[latencies.length >> 1] ?? latencyMs;
    bestMs = Math.min(bestMs ?? Number.POSITIVE_INFINITY, medianMs);
    isHalved = medianMs > slowFactor * Math.max(bestMs, quickMs);
  }
  return {
    get running() {
      return running;
    },
    hasRoom: () => running < (isHalved ? atOnce / 2 : atOnce),
    waitMs: () => Math.max(0, nextAtMs - clock.now()),
    /** Counts a request that begins now; call back when it ended, and whether it was answered: a refusal says nothing about speed. */
    begin(): (isAnswered: boolean) => void {
      const begunMs = clock.now();
      running += 1;
      nextAtMs = begunMs + 1_000 / (isHalved ? perSecond / 2 : perSecond);
      return (isAnswered) => {
        running -= 1;
        if (isAnswered) measured(clock.now() - begunMs);
      };
    },
    measures: () => ({ isHalved, medianMs, bestMs }),
  };
}
