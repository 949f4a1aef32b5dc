import type { CallScope } from '#bff/broker/broker-http.ts';
import type { StackFacts } from '#contract/stacks.ts';
import { dated } from './desk.ts';
import type { Desk } from './desk.ts';
import type { RevisionLists } from './revisions.ts';
import { rollUpOf } from './reach.ts';
import type { TagLists } from './tag-lists.ts';

/** What a page of stacks shows besides its rows: a bounded read for each fact, none of which can fail the others. */
export function createStackFacts(desk: Desk, tags: TagLists, revisions: RevisionLists) {
  const { clock, reach } = desk;

  return async function factsOf(stackIds: readonly string[], scope: CallScope): Promise<StackFacts[]> {
    const [labels, reads] = await Promise.all([tags.labelsOf(stackIds, scope), revisions.ofMany(stackIds, scope)]);
    return Promise.all(
      labels.map(async ({ ownerId: stackId, labels: own, ageMs }) => {
        const read = reads.get(stackId) ?? null;
        const current = read?.value.current ?? null;
        const rollUp = await rollUpOf(reach, clock, stackId, current, scope);
        return {
          stackId,
          labels: own ?? 'not_read',
          current: read === null ? 'not_read' : current && revisions.aged(current),
          rollUp: rollUp?.counts ?? null,
          ageMs: Math.max(ageMs, read === null ? 0 : dated(read.arrivedMs, clock).ageMs),
        };
      }),
    );
  };
}
