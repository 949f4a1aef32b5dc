import type { WireFleetRecord } from '#bff/broker/wire.ts';
import { agentEventFilters, agentEventSorts } from '#contract/agents.ts';
import type { ListQuery, Page } from '#contract/list.ts';
import type { Clock } from '#contract/ports.ts';
import type { Desk } from './desk.ts';
import { createKeptLists } from './kept-lists.ts';
import type { EventFacts } from './small-tables.ts';
import { createSnapshotList } from './snapshot-list.ts';

/** Histories kept at once: those of the agents people look at. */
const mostAgents = 32;

/** The whole history of single agents, as the broker keeps it: it has no pages of its own. */
export function createAgentEvents(desk: Desk) {
  const lists = createKeptLists(desk, {
    most: mostAgents,
    listOf: (agentId) => `events/${agentId}`,
    open: (agentId) =>
      createSnapshotList(desk, {
        list: `events/${agentId}`,
        names: { sorts: agentEventSorts, filters: agentEventFilters },
        read: (scope) => desk.broker.agents.eventsOf(agentId, scope),
      }),
    letGo: (list) => list.close(),
  });
  return {
    page: (agentId: string, query: ListQuery): Promise<Page<EventFacts>> =>
      lists.use(agentId).page({ ...query, sort: query.sort ?? '-at' }),
    close: () => lists.close(),
  };
}

/**
 * Ages of an agent's events. They carry none of their own, so they are counted from the one age the record has: its newest
 * event's, else its heartbeat's. Only the broker's own times are compared with each other.
 */
export function eventAges(record: WireFleetRecord, arrivedMs: number, clock: Clock): (at: string) => number {
  const anchor =
    record.last_event_at !== null && record.seconds_since_last_event !== null
      ? { at: record.last_event_at, seconds: record.seconds_since_last_event }
      : { at: record.last_heartbeat, seconds: record.heartbeat_age_seconds ?? 0 };
  const anchorMs = anchor.at === null ? arrivedMs : Date.parse(anchor.at);
  const anchorAgeMs = anchor.seconds * 1000 + Math.max(0, clock.now() - arrivedMs);
  return (at) => Math.max(0, anchorAgeMs + anchorMs - Date.parse(at));
}
