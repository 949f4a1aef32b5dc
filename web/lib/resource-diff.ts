import type { ResourceChange, ResourceDiff, ResourceName } from '#contract/revisions.ts';

export type { DiffLine, ResourceChange, ResourceDiff, ResourceName } from '#contract/revisions.ts';

export type ChangeCounts = Record<ResourceChange['change'], number>;
/** How many objects are added, changed, removed and the same. */
export function countChanges({ resources }: Pick<ResourceDiff, 'resources'>): ChangeCounts {
  const counts: ChangeCounts = { added: 0, changed: 0, removed: 0, same: 0 };
  for (const { change } of resources) counts[change] += 1;
  return counts;
}
/** `payments/ledger`, or the bare name of what has no namespace. */
export const placedName = ({ namespace, name }: ResourceName): string => (namespace === null ? name : `${namespace}/${name}`);
