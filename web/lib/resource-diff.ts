import type { DiffLine, ResourceChange, ResourceDiff, ResourceName } from '#contract/revisions.ts';

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

/** One row of two texts side by side: a line of either, of both, or unchanged ones left out. */
export interface DiffPair {
  before: DiffLine | undefined;
  after: DiffLine | undefined;
}
/** Lines that went stand beside those that came in their place, one by one; what is left over stands alone. */
export function sideBySide(lines: readonly DiffLine[]): DiffPair[] {
  const pairs: DiffPair[] = [];
  let went: DiffLine[] = [];
  let came: DiffLine[] = [];
  const settle = () => {
    for (let at = 0; at < Math.max(went.length, came.length); at += 1) pairs.push({ before: went[at], after: came[at] });
    went = [];
    came = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') {
      if (came.length > 0) settle();
      went.push(line);
    } else if (line.kind === 'added') came.push(line);
    else {
      settle();
      pairs.push({ before: line, after: line });
    }
  }
  settle();
  return pairs;
}
