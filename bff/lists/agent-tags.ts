import type { CallScope } from '#bff/broker/broker-http.ts';
import { dated } from './desk.ts';
import type { Desk } from './desk.ts';
import { createLimiter } from './limiter.ts';
import { createTagSets } from './tag-sets.ts';
import { wait } from './time.ts';

/** A page of agents costs one read each: this many at a time, and none again for a minute. */
const labelReads = 6;
const labelsMs = 60_000;
/** After this long a page goes out with what is there. */
const labelsPatienceMs = 8_000;
/** An agent whose labels could not be read is left alone for a while. */
const afterFailureMs = 5_000;

export function createAgentTagLists(desk: Desk) {
  const { broker, clock, etags } = desk;
  const labels = createTagSets<string>(desk, { read: (agentId, scope) => broker.agentTags.labels(agentId, scope), etag: etags.ofLabels });
  const annotations = createTagSets(desk, {
    read: (agentId, scope) => broker.agentTags.annotations(agentId, scope),
    etag: etags.ofAnnotations,
  });
  const limited = createLimiter(labelReads);
  const failedMs = new Map<string, number>();

  async function labelsFor(agentId: string, scope: CallScope) {
    const maxAgeMs = desk.minMs === 0 ? 0 : labelsMs;
    try {
      const hasJustFailed = clock.now() - (failedMs.get(agentId) ?? Number.NEGATIVE_INFINITY) < afterFailureMs;
      const known = labels.peek(agentId);
      const isYoung = known !== undefined && clock.now() - known.arrivedMs < maxAgeMs;
      if (isYoung) return known;
      if (hasJustFailed) return known ?? null;
      const read = await limited(() => labels.load(agentId, maxAgeMs, scope));
      failedMs.delete(agentId);
      return read;
    } catch {
      // Who has gone away has not learned anything about the broker.
      if (!scope.signal?.aborted) failedMs.set(agentId, clock.now());
      return labels.peek(agentId) ?? null;
    }
  }

  return {
    labels,
    annotations,
    /** Labels of the agents of one page, each with its age; null where the broker did not answer. */
    async labelsOf(agentIds: readonly string[], scope: CallScope) {
      const patience = wait(clock, labelsPatienceMs);
      const rows = await Promise.all(
        [...new Set(agentIds)].map(async (agentId) => {
          const read = await Promise.race([labelsFor(agentId, scope), patience.over]);
          return { agentId, labels: read?.value ?? null, ageMs: read === null ? 0 : dated(read.arrivedMs, clock).ageMs };
        }),
      );
      patience.cancel();
      return rows;
    },
  };
}
