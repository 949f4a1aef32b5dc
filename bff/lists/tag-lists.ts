import type { BrokerTags } from '#bff/broker/agent-tags.ts';
import type { CallScope } from '#bff/broker/broker-http.ts';
import { dated } from './desk.ts';
import type { Desk } from './desk.ts';
import { createPageReads } from './page-reads.ts';
import { createTagSets } from './tag-sets.ts';

/** A page of owners costs one read each: this many at a time, and none again for a minute. */
const labelReads = 6;
const labelsMs = 60_000;

/** Labels and annotations of one kind of owner, agents or stacks. */
export function createTagLists({ clock, etags, minMs }: Pick<Desk, 'clock' | 'etags' | 'minMs'>, broker: BrokerTags) {
  const labels = createTagSets<string>({ clock }, { read: (ownerId, scope) => broker.labels(ownerId, scope), etag: etags.ofLabels });
  const annotations = createTagSets({ clock }, { read: (ownerId, scope) => broker.annotations(ownerId, scope), etag: etags.ofAnnotations });
  const labelsOfPage = createPageReads({
    clock,
    most: labelReads,
    maxAgeMs: minMs === 0 ? 0 : labelsMs,
    peek: labels.peek,
    young: labels.young,
    load: labels.load,
  });

  return {
    labels,
    annotations,
    /** Labels of the owners on one page, each with its age; null where the broker did not answer. */
    async labelsOf(ownerIds: readonly string[], scope: CallScope) {
      const reads = await labelsOfPage(ownerIds, scope);
      return [...reads].map(([ownerId, read]) => ({
        ownerId,
        labels: read?.value ?? null,
        ageMs: read === null ? 0 : dated(read.arrivedMs, clock).ageMs,
      }));
    },
  };
}
export type TagLists = ReturnType<typeof createTagLists>;
