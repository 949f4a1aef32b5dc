import type { CallScope } from '#bff/broker/broker-http.ts';
import type { WireAgent, WireConnections, WireFleetStatus } from '#bff/broker/wire.ts';
import { agentFilters, agentSorts } from '#contract/agents.ts';
import type { AgentDetail, AgentEvent, AgentLine, AgentRow } from '#contract/agents.ts';
import type * as z from 'zod/mini';
import { parseFilter } from '#contract/list.ts';
import type { Coverage, ListQuery, Page } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';
import { createAgentEvents, eventAges } from './agent-events.ts';
import type { AgentFacts } from './agent-table.ts';
import { dated, singleMs, tellOutside } from './desk.ts';
import type { Desk } from './desk.ts';
import type { FleetMap, GroupBy, Groups } from './fleet-views.ts';
import { createFreshness } from './freshness.ts';
import type { OwnAgentFacts } from './own-agents.ts';
import { createRegisteredAgents } from './registered-agents.ts';
import { createSharedReads } from './shared-reads.ts';
import { eventFacts } from './small-tables.ts';
import { createSnapshotList, loadList } from './snapshot-list.ts';
import type { Editable } from './snapshot-host.ts';
import type { Found } from './table.ts';
import { within } from './time.ts';

/** The whole table of events is the broker's dearest read, and it only colours the list. */
const eventsMinMs = 30_000;
/** How long the first page waits for them. */
const eventsPatienceMs = 2_000;
const mostDetails = 2_000;
const tallyMs = 55_000;

/** What a view of the whole fleet is asked with: it has no pages. */
type ViewQuery = Pick<ListQuery, 'q' | 'filter' | 'tenant'>;
/** An agent's own record as one read showed it. */
interface Status {
  status: WireFleetStatus;
  tick: number;
  arrivedMs: number;
}

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
  /** The last own read of each agent: what a change is laid over when it cannot be read again. */
  const statuses = createSharedReads<Status>({ clock, most: mostDetails });
  const details = createSharedReads<Status & { agent: WireAgent }>({ clock, most: mostDetails });
  const sockets = createSharedReads<WireConnections>({ clock, most: 1 });

  const rowOf = async (facts: AgentFacts): Promise<AgentRow> => ({ ...facts, etag: await desk.etags.ofAgent(facts) });
  const lineOf = async (facts: OwnAgentFacts): Promise<AgentLine> => ({ ...facts, etag: await desk.etags.ofAgent(facts) });

  async function readStatus(agentId: string, scope: CallScope): Promise<Status> {
    const tick = desk.tick();
    try {
      const read = { status: await broker.agents.fleetStatus(agentId, scope), tick, arrivedMs: clock.now() };
      statuses.put(agentId, read);
      return read;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'not_found') {
        const difference = await host.ask('removeAgent', { owner, agentId, tick });
        if (difference !== null) tellOutside(desk, [difference]);
      }
      throw error;
    }
  }
  /** Puts what a read showed into the list, so that list and detail never disagree. */
  async function splice(read: Status): Promise<AgentRow> {
    const { row, difference } = await host.ask('putAgent', { owner, ...read, nowMs: clock.now() });
    if (difference !== null) tellOutside(desk, [difference]);
    return rowOf(row);
  }
  function readDetail(agentId: string, scope: CallScope) {
    return details.read(agentId, { maxAgeMs: singleMs(desk), signal: scope.signal }, async (signal) => {
      const shared = { requestId: scope.requestId, signal };
      const [agent, status] = await Promise.all([broker.agents.read(agentId, shared), readStatus(agentId, shared)]);
      return { agent, ...status };
    });
  }
  async function fresh(agentId: string, scope: CallScope): Promise<AgentRow> {
    details.forget(agentId);
    return splice(await readStatus(agentId, scope));
  }
  async function socketOf(agentId: string, scope: CallScope): Promise<AgentDetail['socket']> {
    try {
      const { value } = await sockets.read('all', { maxAgeMs: singleMs(desk), signal: scope.signal }, (signal) =>
        broker.agents.connections({ requestId: scope.requestId, signal }),
      );
      const socket = value.connections.find((connection) => connection.agent_id === agentId);
      return socket ? { connectedSince: socket.connected_since, messagesIn: socket.messages_in, messagesOut: socket.messages_out } : null;
    } catch (error) {
      if (error instanceof ProblemError) return 'unknown';
      throw error;
    }
  }
  const events = createAgentEvents(desk);

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
    /** @throws `not_found` */
    async detail(agentId: string, scope: CallScope): Promise<AgentDetail> {
      const [{ value, arrivedMs }, socket] = await Promise.all([readDetail(agentId, scope), socketOf(agentId, scope)]);
      const { agent, status } = value;
      const age = eventAges(status.record, value.arrivedMs, clock);
      return {
        agent: await splice(value),
        createdAt: agent.created_at,
        updatedAt: agent.updated_at,
        k8sReportedAt: agent.k8s_reported_at,
        recentEvents: status.recent_events.map((event) => ({ ...eventFacts(event), ageMs: age(event.created_at) })),
        socket,
        ...dated(arrivedMs, clock),
      };
    },
    async events(agentId: string, query: ListQuery, scope: CallScope): Promise<Page<AgentEvent>> {
      const { value } = await readDetail(agentId, scope);
      const page = await events.page(agentId, query);
      const age = eventAges(value.status.record, value.arrivedMs, clock);
      return { ...page, rows: page.rows.map((event) => ({ ...event, ageMs: age(event.at) })) };
    },
    /** That the agent exists and what it is called, from a read shared with its detail. @throws `not_found` */
    async identity(agentId: string, scope: CallScope): Promise<Editable> {
      const { value } = await readDetail(agentId, scope);
      const { name, cluster_name: clusterName, status } = value.status.record;
      return { name, clusterName, status };
    },
    /** The agent as it is this moment, put into the list. @throws `not_found` */
    fresh,
    /** After the console's own change: the agent read again, or its last record with the change laid over when that fails. */
    async changed(agent: WireAgent, scope: CallScope): Promise<AgentRow> {
      try {
        return await fresh(agent.id, scope);
      } catch (error) {
        desk.log.warn('an agent could not be read after its change', { agent: agent.id, request_id: scope.requestId, error });
        const last = statuses.peek(agent.id)?.value ?? { status: unreported(agent), arrivedMs: clock.now() };
        const record = { ...last.status.record, name: agent.name, cluster_name: agent.cluster_name, status: agent.status };
        return splice({ ...last, status: { ...last.status, record }, tick: desk.tick() });
      }
    },
    /** The agent is deleted: no list shows it again, also none that was being read meanwhile. */
    async remove(agentId: string): Promise<void> {
      details.forget(agentId);
      statuses.forget(agentId);
      await host.ask('removeAgent', { owner, agentId, tick: desk.tick() });
    },
    /** Something that hangs on this agent was changed: its counts may differ at the next look. */
    outdated: (agentId: string) => details.forget(agentId),
    /** The console is about to change this agent: what the next reads show differently is its own doing. */
    expectChange: (agentId: string) => desk.outside.expect('agent', agentId),
    close() {
      fleet.close();
      own?.close();
      registered.close();
      newestEvents.close();
      events.close();
    },
  };
}

async function ownName(own: { rows(ids: readonly string[]): Promise<(OwnAgentFacts | null)[]> }, agentId: string): Promise<string | null> {
  const [row] = await own.rows([agentId]);
  return row?.name ?? null;
}

export type AgentLists = ReturnType<typeof createAgentLists>;

/** What is true of an agent that was created a moment ago: nothing reaches it without labels, targets or a heartbeat. */
function unreported(agent: WireAgent): WireFleetStatus {
  return {
    record: {
      agent_id: agent.id,
      name: agent.name,
      cluster_name: agent.cluster_name,
      status: agent.status,
      ws_connected: false,
      connected_since: null,
      last_heartbeat: null,
      heartbeat_age_seconds: null,
      pending_object_count: 0,
      pending_work_orders: 0,
      claimed_work_orders: 0,
      last_event_at: null,
      seconds_since_last_event: null,
      health_failing: 0,
      health_degraded: 0,
      k8s_reachable: null,
      k8s_api_latency_ms: null,
    },
    recent_events: [],
  };
}
