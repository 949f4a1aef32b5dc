import type { CallScope } from '#bff/broker/broker-http.ts';
import type { WireAgent, WireConnections, WireFleetStatus } from '#bff/broker/wire.ts';
import type { AgentDetail, AgentEvent, AgentRow } from '#contract/agents.ts';
import type { ListQuery, Page } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';
import { createAgentEvents, eventAges } from './agent-events.ts';
import type { AgentFacts } from './agent-table.ts';
import { dated, singleMs, tellOutside } from './desk.ts';
import type { Desk } from './desk.ts';
import { createSharedReads } from './shared-reads.ts';
import { eventFacts } from './small-tables.ts';
import type { Editable } from './snapshot-host.ts';

const mostDetails = 2_000;
/** An agent's own record as one read showed it. */
interface Status {
  status: WireFleetStatus;
  tick: number;
  arrivedMs: number;
}

/** Agents one at a time, and what changes of the console leave of them; what each read shows goes into the list as well. */
export function createSingleAgents(desk: Desk) {
  const { broker, host, owner, clock } = desk;
  /** The last own read of each agent: what a change is laid over when it cannot be read again. */
  const statuses = createSharedReads<Status>({ clock, most: mostDetails });
  const details = createSharedReads<Status & { agent: WireAgent }>({ clock, most: mostDetails });
  const sockets = createSharedReads<WireConnections>({ clock, most: 1 });

  const rowOf = async (facts: AgentFacts): Promise<AgentRow> => ({ ...facts, etag: await desk.etags.ofAgent(facts) });

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
    close: () => events.close(),
  };
}

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
