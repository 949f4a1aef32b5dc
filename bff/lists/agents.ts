import { agentFilters, agentSorts } from '#contract/agents.ts';
import type { AgentLine } from '#contract/agents.ts';
import type * as z from 'zod/mini';
import { parseFilter } from '#contract/list.ts';
import type { Coverage, ListQuery, Page } from '#contract/list.ts';
import type { AgentFacts } from './agent-table.ts';
import { dated } from './desk.ts';
import type { Desk } from './desk.ts';
import type { FleetMap, GroupBy, Groups } from './fleet-views.ts';
import { createFreshness } from './freshness.ts';
import type { OwnAgentFacts } from './own-agents.ts';
import { createRegisteredAgents } from './registered-agents.ts';
import { createSingleAgents } from './single-agents.ts';
import { createSnapshotList, loadList } from './snapshot-list.ts';
import type { Found } from './table.ts';
import { within } from './time.ts';

/** The whole table of events is the broker's dearest read, and it only colours the list. */
const eventsMinMs = 30_000;
/** How long the first page waits for them. */
const eventsPatienceMs = 2_000;
const tallyMs = 55_000;

/** What a view of the whole fleet is asked with: it has no pages. */
type ViewQuery = Pick<ListQuery, 'q' | 'filter' | 'tenant'>;

export function createAgentLists(desk: Desk) {
  const { broker, host, owner, clock, reach } = desk;
  /** When the events that colour the list had arrived; null before that. */
  let eventsMs: number | null = null;
  const newestEvents = createFreshness({
    clock,
    log: desk.log.child({ list: 'newestEvents' }),
    minMs: desk.minMs === 0 ? 0 : Math.max(eventsMinMs, desk.minMs),
    // Where they cannot be read again the last known stay: a refusal stands until a newer word is known.
    async read() {
      const read = await loadList(desk, 'newestEvents', broker.agents.events);
      eventsMs = read.arrivedMs;
      return read;
    },
  });
  const names = { sorts: agentSorts, filters: agentFilters };
  const registered = createRegisteredAgents(desk);
  const fleet = createSnapshotList(desk, {
    list: 'agents',
    names,
    read: broker.agents.fleet,
    beside: (tenant) =>
      Promise.all([
        within(
          clock,
          eventsPatienceMs,
          newestEvents.ask().catch(() => null),
        ),
        tenant !== undefined && registered.load(tenant),
      ]),
    lost: () => newestEvents.lose(),
  });
  /** All that a generator's key is shown of its agents. */
  const own =
    desk.tenant === undefined ? null : createSnapshotList(desk, { list: 'ownAgents', names, read: broker.agents.list, now: broker.now });
  const singles = createSingleAgents(desk);
  const lineOf = async (facts: OwnAgentFacts): Promise<AgentLine> => ({ ...facts, etag: await desk.etags.ofAgent(facts) });

  return {
    async page(query: ListQuery): Promise<Page<AgentLine> & { limited?: 'key_cannot_read' }> {
      await reach.told();
      const page =
        own === null
          ? await fleet.page(query)
          : { ...(await own.page({ ...query, tenant: undefined })), limited: 'key_cannot_read' as const };
      reach.shown({ agents: page.rows.map(({ id }) => id) });
      const coverage = query.filter.some((text) => parseFilter(text)?.field === 'label') ? { coverage: reach.coverage() } : {};
      return { ...page, ...coverage, rows: await Promise.all(page.rows.map(lineOf)) };
    },
    /** The agents that a query leaves in bands, by cluster or by the value of a label; in all of them, not of one page. */
    async groups(
      by: GroupBy,
      query: ViewQuery,
    ): Promise<Groups & { coverage: z.infer<typeof Coverage> | null; asOf: string; ageMs: number }> {
      await reach.told();
      const groups =
        own === null
          ? await fleet.told(query, (asked, nowMs) => host.ask('groups', { owner, list: 'agents', query: asked, by, nowMs }))
          : await own.told({ ...query, tenant: undefined }, (asked, nowMs) =>
              host.ask('groups', { owner, list: 'ownAgents', query: asked, by, nowMs }),
            );
      return { ...groups, coverage: 'labelKey' in by ? reach.coverage() : null };
    },
    /** Many agents at once, each as a few small facts. */
    async map(query: ViewQuery): Promise<FleetMap & { asOf: string; ageMs: number }> {
      await reach.told();
      if (own !== null)
        return own.told({ ...query, tenant: undefined }, (asked, nowMs) =>
          host.ask('map', { owner, list: 'ownAgents', query: asked, nowMs }),
        );
      return fleet.told(query, (asked, nowMs) => host.ask('map', { owner, list: 'agents', query: asked, nowMs }));
    },
    /** By name, id or cluster, the best match first. */
    find: (text: string, limit: number, tenant: string | undefined): Promise<Found<AgentFacts | OwnAgentFacts>> =>
      own === null ? fleet.find(text, limit, tenant) : own.find(text, limit),
    /** Makes sure that the host has them as fresh as a page of them would be. */
    async ready(): Promise<void> {
      await fleet.rows([]);
    },
    /** The same of their events, which the list can do without. @throws ProblemError before they could ever be read */
    async heard(): Promise<void> {
      await newestEvents.ask();
    },
    /** How old the events are that verdicts on agents are made of; null before they could be read. */
    eventsAgeMs: (): number | null => (eventsMs === null ? null : dated(eventsMs, clock).ageMs),
    /** Makes sure that the host has them, not older than this; they are not kept fresh for it. */
    glance: (maxAgeMs: number) => fleet.glance(maxAgeMs),
    /** How many agents there are in each state, as read once a minute while nobody watches them. */
    async tally(): Promise<{ total: number; states: Record<string, number> }> {
      const { total, facets } = await fleet.glance(tallyMs);
      return { total, states: Object.fromEntries((facets['state'] ?? []).map(({ value, count }) => [value, count])) };
    },
    /** Whether the agent is in the caller's world at all. */
    async isKnown(agentId: string): Promise<boolean> {
      return own === null || (await ownName(own, agentId)) !== null;
    },
    /** What a generator's key is shown of an agent: its name; null where it is none of its world. */
    ownName: (agentId: string) => (own === null ? null : ownName(own, agentId)),
    ...singles,
    close() {
      fleet.close();
      own?.close();
      registered.close();
      newestEvents.close();
      singles.close();
    },
  };
}

async function ownName(own: { rows(ids: readonly string[]): Promise<(OwnAgentFacts | null)[]> }, agentId: string): Promise<string | null> {
  const [row] = await own.rows([agentId]);
  return row?.name ?? null;
}

export type AgentLists = ReturnType<typeof createAgentLists>;
