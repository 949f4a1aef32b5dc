import type { ReachParts, Reach } from '#bff/lists/reach.ts';
import { createMemoryReachStore } from './memory-store.ts';
import type { walkBudget } from './pace.ts';
import { createReach } from './reach.ts';
import type { ReachStore } from './records.ts';

/** An index for each credential: the service's outlives the process, a person's own key is read anew. */
export function reachIndexes({ store, budget }: { store: ReachStore; budget?: typeof walkBudget }): (parts: ReachParts) => Reach {
  return (parts) => createReach(parts, { store: parts.owner === 'service' ? store : createMemoryReachStore(), ...(budget && { budget }) });
}
