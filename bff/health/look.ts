import type { Clock } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Health } from '#contract/status.ts';

/** One look at a component. */
export interface Look {
  status: Health['status'];
  message: string;
  latencyMs: number;
}
/** Says how a component is; what it throws is its failure. It is told when nobody waits for it any more. */
export type Probe = (signal: AbortSignal) => Promise<Pick<Look, 'status' | 'message'>>;

export async function lookAt(probe: Probe, clock: Clock, withinMs: number): Promise<Look> {
  const begunMs = clock.now();
  try {
    return { ...(await inTime(probe, clock, withinMs)), latencyMs: clock.now() - begunMs };
  } catch (error) {
    return { status: 'failed', message: saidBy(error), latencyMs: clock.now() - begunMs };
  }
}
/** In words: what a code says to a program it does not say to a person. */
function saidBy(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.title;
  return error instanceof Error ? error.message : 'failed';
}
/** @throws Error when it takes too long; it is then told to stop */
export async function inTime<T>(work: (signal: AbortSignal) => Promise<T>, clock: Clock, withinMs: number): Promise<T> {
  const late = new AbortController();
  const tooLate = Promise.withResolvers<never>();
  const cancel = clock.setTimer(() => {
    late.abort();
    tooLate.reject(new Error(`no answer within ${withinMs} ms`));
  }, withinMs);
  try {
    return await Promise.race([work(late.signal), tooLate.promise]);
  } finally {
    cancel();
  }
}
