import { reachIndexes } from '#bff/reach/indexes.ts';
import { createMemoryReachStore } from '#bff/reach/memory-store.ts';
import { listStacks } from '#contract/stacks.ts';
import { startTestConsole } from './console.ts';
import type { TestConsole } from './console.ts';

/** A console with an index of which agents each stack reaches. */
export const startWithIndex = (options: Parameters<typeof startTestConsole>[0] = {}) =>
  startTestConsole({ reachOf: reachIndexes({ store: createMemoryReachStore() }), ...options });
/** What the broker itself lists, below `/api/v1`. */
export const rowsOf = async (it: TestConsole, path: string) => JSON.parse((await it.outside('GET', path)).text) as Record<string, string>[];
/** Lets the index read everything that there is. */
export async function walked(it: TestConsole): Promise<void> {
  await it.call(listStacks);
  const coverage = async () => (await it.call(listStacks)).coverage;
  for (let turns = 0; turns < 100; turns += 1) {
    await it.clock.advance(1_000);
    const told = await coverage();
    if (told !== undefined && told.total > 0 && told.known === told.total) return;
  }
  throw new Error(`never walked: ${JSON.stringify(await coverage())}`);
}
