import type { Clock } from '#contract/ports.ts';

/** A wait that can be given up; then it never ends. */
export function wait(clock: Clock, ms: number): { over: Promise<null>; cancel: () => void } {
  const { promise: over, resolve } = Promise.withResolvers<null>();
  return { over, cancel: clock.setTimer(() => resolve(null), ms) };
}
/** What comes of `work`, or null when `ms` are over. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | null> {
  const { over, cancel } = wait(clock, ms);
  try {
    return await Promise.race([work, over]);
  } finally {
    cancel();
  }
}

/** The broker drops trailing zeros of a fraction (CONTRACT 1.7): filled up again, its times sort as text. */
export function sortableTime(at: string): string {
  const [seconds = '', fraction = ''] = at.replace('Z', '').split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}
