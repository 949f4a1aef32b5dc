/** Lets others in between two pieces of long work. */
export type Breathe = () => Promise<void>;

/** A turn of the event loop, where there is one thread for everything. */
export const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Longest stretch of work at a time, in milliseconds. */
const stretchMs = 8;

/** Rests only when a stretch is over, so that short work is never split. `rest` lets whatever waits run first. */
export function createBreath(rest: () => Promise<void>): Breathe {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs < stretchMs) return;
    await rest();
    sinceMs = performance.now();
  };
}
/** Items in groups small enough for one stretch. */
export function* groups<T>(items: readonly T[], size = 2_000): Iterable<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
