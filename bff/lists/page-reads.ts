import type { CallScope } from '#bff/broker/broker-http.ts';
import type { Clock } from '#contract/ports.ts';
import { createLimiter } from './limiter.ts';
import type { Read } from './shared-reads.ts';
import { wait } from './time.ts';

/** After this long a page goes out with what is there. */
const patienceMs = 8_000;
/** What could not be read is left alone for a while. */
const afterFailureMs = 5_000;

interface PageReadsOptions<T> {
  clock: Clock;
  /** How many are read at a time. */
  most: number;
  /** How old what is shown may be. */
  maxAgeMs: number;
  /** The last known, however old, and that of this age at most. */
  peek: (id: string) => Read<T> | undefined;
  young: (id: string, maxAgeMs: number) => Read<T> | undefined;
  load: (id: string, maxAgeMs: number, scope: CallScope) => Promise<Read<T>>;
}
/**
 * What the broker tells of one object at a time, for all objects of a page: where it does not answer what was last known, and
 * null where nothing is.
 */
export function createPageReads<T>({ clock, most, maxAgeMs, peek, young, load }: PageReadsOptions<T>) {
  const limited = createLimiter(most);
  /** When each was last asked for in vain, the latest last. */
  const failedMs = new Map<string, number>();

  function noteFailure(id: string) {
    const nowMs = clock.now();
    failedMs.delete(id);
    failedMs.set(id, nowMs);
    for (const [oldest, atMs] of failedMs) {
      if (nowMs - atMs < afterFailureMs) break;
      failedMs.delete(oldest);
    }
  }
  /** Null where the broker did not answer, and where it is not asked again so soon. */
  async function one(id: string, scope: CallScope): Promise<Read<T> | null> {
    const known = young(id, maxAgeMs);
    if (known !== undefined) return known;
    const hasJustFailed = clock.now() - (failedMs.get(id) ?? Number.NEGATIVE_INFINITY) < afterFailureMs;
    if (hasJustFailed) return null;
    try {
      const read = await limited(() => load(id, maxAgeMs, scope));
      failedMs.delete(id);
      return read;
    } catch {
      // Who has gone away has not learned anything about the broker.
      if (!scope.signal?.aborted) noteFailure(id);
      return null;
    }
  }
  return async function reads(ids: readonly string[], scope: CallScope): Promise<Map<string, Read<T> | null>> {
    const patience = wait(clock, patienceMs);
    const found = await Promise.all(
      [...new Set(ids)].map(async (id) => [id, (await Promise.race([one(id, scope), patience.over])) ?? peek(id) ?? null] as const),
    );
    patience.cancel();
    return new Map(found);
  };
}
