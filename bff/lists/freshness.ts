import { ProblemError } from '#contract/problem.ts';
import type { Clock, Log } from '#contract/ports.ts';
import { within } from './time.ts';

export interface FreshnessOptions {
  clock: Clock;
  log: Log;
  /** Least time between the beginnings of two reads; 0 reads for every question and also lifts the rule of ten. */
  minMs: number;
  /** Reads and stores the data. @returns when it had arrived @throws ProblemError */
  read: () => Promise<{ arrivedMs: number }>;
}
/** What is known of a list's age. */
export interface Known {
  arrivedMs: number;
  /** Set while the source cannot be read. */
  stale: { sinceMs: number; code: ProblemError['code'] } | null;
}
/** How long a question waits for fresher data while older data is there. */
const patienceMs = 500;
/** While somebody looked this recently the list is kept fresh without being asked: a poll never meets an old one, and gaps between heartbeats can be measured. */
const watchedMs = 30_000;
/** A read that failed is tried again so soon, also where the list is read more seldom. */
const againMs = 5_000;

/**
 * Keeps one list as fresh as its source allows: one read at a time whoever asks, begun at most every max(`minMs`, 10 × the
 * answer time, the shorter of the last two: a broker that was frozen once is not slow from then on); what is there is kept,
 * and said to be stale, while the source is away.
 */
export function createFreshness({ clock, log, minMs, read }: FreshnessOptions) {
  let arrivedMs: number | undefined;
  /** The answer times of the last two reads, or of the only one. */
  let tookMs: readonly number[] = [];
  let begunMs = Number.NEGATIVE_INFINITY;
  let failing: { fromMs: number; problem: ProblemError } | null = null;
  let running: Promise<void> | undefined;
  let watchedUntilMs = 0;
  let cancelTimer: (() => void) | undefined;
  let isClosed = false;

  const paceMs = () => (tookMs.length === 0 ? 0 : Math.min(...tookMs));
  const intervalMs = () => (minMs === 0 ? 0 : Math.max(failing === null ? minMs : Math.min(minMs, againMs), 10 * paceMs()));

  async function refresh(): Promise<void> {
    begunMs = clock.now();
    try {
      ({ arrivedMs } = await read());
      tookMs = [...tookMs.slice(-1), arrivedMs - begunMs];
      failing = null;
    } catch (error) {
      const problem =
        error instanceof ProblemError ? error : new ProblemError('internal', 'The list could not be read', {}, { cause: error });
      if (failing === null && !isClosed) log.warn('a list cannot be read', { code: problem.code, error });
      failing = { fromMs: failing?.fromMs ?? clock.now(), problem };
    } finally {
      running = undefined;
      keepFresh();
    }
  }
  function keepFresh() {
    cancelTimer?.();
    cancelTimer = undefined;
    if (minMs === 0 || isClosed || clock.now() >= watchedUntilMs) return;
    cancelTimer = clock.setTimer(() => void begin(), Math.max(0, begunMs + intervalMs() - clock.now()));
  }
  function begin(): Promise<void> {
    running ??= refresh();
    return running;
  }

  return {
    /** Returns when the data is as fresh as it may be had now. @throws ProblemError when there is none at all */
    async ask(): Promise<Known> {
      watchedUntilMs = clock.now() + watchedMs;
      const isDue = clock.now() - begunMs >= intervalMs();
      if (arrivedMs === undefined) {
        if (running !== undefined || isDue || failing === null) await begin();
      } else if (running !== undefined || isDue) {
        await (minMs === 0 ? begin() : within(clock, patienceMs, begin()));
      } else if (cancelTimer === undefined) {
        keepFresh();
      }
      if (arrivedMs === undefined) throw failing?.problem ?? new ProblemError('internal', 'The list could not be read');
      return { arrivedMs, stale: failing && { sinceMs: clock.now() - failing.fromMs, code: failing.problem.code } };
    },
    /** For whoever only looks by: data of this age is good enough, and nothing is kept fresh for them. @throws ProblemError when there is none */
    async glance(maxAgeMs: number): Promise<void> {
      if (clock.now() - (arrivedMs ?? Number.NEGATIVE_INFINITY) > maxAgeMs) await begin();
      if (failing !== null) throw failing.problem;
    },
    /** The data is gone: the next question reads. */
    lose() {
      arrivedMs = undefined;
      begunMs = Number.NEGATIVE_INFINITY;
    },
    close() {
      isClosed = true;
      cancelTimer?.();
    },
  };
}
