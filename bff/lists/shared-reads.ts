import { ProblemError } from '#contract/problem.ts';
import type { Clock } from '#contract/ports.ts';

/** Something that was read, and the console's time when it had arrived. */
export interface Read<T> {
  value: T;
  arrivedMs: number;
}
interface Kept<T> {
  read: Read<T>;
  /** Since when its time counts. */
  sinceMs: number;
}
interface Running<T> {
  promise: Promise<Read<T>>;
  controller: AbortController;
  waiting: number;
}

/** Open pages ask again so often. What is kept for so long or longer is read at a steady rhythm. */
export const pollMs = 10_000;
/** So much before its time a read may begin: the polls of one page do not come to the millisecond. */
const earlyMs = 2_000;

/**
 * Small reads shared by everybody who asks for the same thing within its time: one call, however many tabs. A read that
 * began before a change was put in or forgotten is not kept. When the last who waits has gone, so does the read.
 */
export function createSharedReads<T>({ clock, most }: { clock: Clock; most: number }) {
  const kept = new Map<string, Kept<T>>();
  const running = new Map<string, Running<T>>();

  function keep(key: string, read: Read<T>, sinceMs: number) {
    kept.delete(key);
    kept.set(key, { read, sinceMs });
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
  }
  function young(key: string, maxAgeMs: number): Read<T> | undefined {
    const known = kept.get(key);
    const untilMs = maxAgeMs < pollMs ? maxAgeMs : maxAgeMs - earlyMs;
    return known !== undefined && clock.now() - known.sinceMs < untilMs ? known.read : undefined;
  }
  /**
   * A read counts from when it was due: one page asks some seconds after that, many pages at once, and both are to cost the
   * same. Who comes much later begins anew.
   */
  function countedFrom(key: string, maxAgeMs: number): number {
    const now = clock.now();
    const dueMs = (kept.get(key)?.sinceMs ?? Number.NEGATIVE_INFINITY) + maxAgeMs;
    return maxAgeMs >= pollMs && now - dueMs < maxAgeMs / 2 - earlyMs ? dueMs : now;
  }
  function start(key: string, maxAgeMs: number, load: (signal: AbortSignal) => Promise<T>): Running<T> {
    const controller = new AbortController();
    const sinceMs = countedFrom(key, maxAgeMs);
    const run: Running<T> = {
      controller,
      waiting: 0,
      promise: load(controller.signal)
        .then((value) => {
          const read = { value, arrivedMs: clock.now() };
          if (running.get(key) === run) keep(key, read, sinceMs);
          return read;
        })
        .finally(() => {
          if (running.get(key) === run) running.delete(key);
        }),
    };
    running.set(key, run);
    return run;
  }
  async function join(key: string, run: Running<T>, signal: AbortSignal | undefined): Promise<Read<T>> {
    const leave = () => {
      run.waiting -= 1;
      if (run.waiting > 0) return;
      if (running.get(key) === run) running.delete(key);
      run.controller.abort();
    };
    run.waiting += 1;
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await run.promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  return {
    /** What was read at most `maxAgeMs` ago, nothing else. */
    young,
    /** The same, else a read that all who ask meanwhile share. */
    async read(
      key: string,
      { maxAgeMs, signal }: { maxAgeMs: number; signal?: AbortSignal | undefined },
      load: (signal: AbortSignal) => Promise<T>,
    ): Promise<Read<T>> {
      const known = young(key, maxAgeMs);
      if (known !== undefined) return known;
      if (signal?.aborted) throw new ProblemError('broker_unreachable', 'Nobody waits for this any more');
      return join(key, running.get(key) ?? start(key, maxAgeMs, load), signal);
    },
    /** The last known, however old. */
    peek: (key: string): Read<T> | undefined => kept.get(key)?.read,
    /** What a change left behind; a read still under way is older than it. */
    put(key: string, value: T): Read<T> {
      running.delete(key);
      const read = { value, arrivedMs: clock.now() };
      keep(key, read, read.arrivedMs);
      return read;
    },
    forget(key: string) {
      running.delete(key);
      kept.delete(key);
    },
  };
}
export type SharedReads<T> = ReturnType<typeof createSharedReads<T>>;
