import { ProblemError } from '#contract/problem.ts';

/** What one process knows about changes that are under way: whose they are, and on what. */
export interface Changes {
  /**
   * Runs `work` unless the same key already runs here: then both get its answer, but for one that was given up before it
   * began. @throws `idempotency_key_reused`
   */
  once<T>(key: string, requestHash: string, work: () => Promise<T>): Promise<{ value: T; shared: boolean }>;
  /** Changes of one resource run one after the other; whoever gives up while waiting has changed nothing. */
  inOrder<T>(resource: string | null, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createChanges(): Changes {
  const running = new Map<string, { requestHash: string; answer: Promise<unknown> }>();
  const queues = new Map<string, Promise<void>>();
  return {
    async once<T>(key: string, requestHash: string, work: () => Promise<T>) {
      const other = running.get(key);
      if (other) {
        if (other.requestHash !== requestHash) throw keyReused();
        const { answer } = other;
        try {
          return { value: (await answer) as T, shared: true }; // the same hash: the same endpoint, so the same answer type
        } catch (error) {
          if (!isGivenUp(error)) throw error;
          return this.once(key, requestHash, work);
        }
      }
      const answer = work();
      running.set(key, { requestHash, answer });
      try {
        return { value: await answer, shared: false };
      } finally {
        running.delete(key);
      }
    },
    async inOrder<T>(resource: string | null, signal: AbortSignal, work: () => Promise<T>) {
      if (resource === null) return work();
      const before = queues.get(resource) ?? Promise.resolve();
      const { promise: done, resolve: leave } = Promise.withResolvers<void>();
      const tail = before.then(() => done);
      queues.set(resource, tail);
      try {
        await before;
        signal.throwIfAborted();
        return await work();
      } finally {
        leave();
        if (queues.get(resource) === tail) queues.delete(resource);
      }
    },
  };
}
/** What `throwIfAborted` throws. */
const isGivenUp = (error: unknown) => error instanceof Error && error.name === 'AbortError';
export const keyReused = () => new ProblemError('idempotency_key_reused', 'This key was used for another request');
