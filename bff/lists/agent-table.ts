import type { AgentRow } from '#contract/agents.ts';
import type { WireAgentEvent, WireFleetRecord } from '#bff/broker/wire.ts';
import { agentState, isLate, severity } from './agent-state.ts';
import type { Rhythms } from './rhythm.ts';
import { createTable } from './table.ts';
import type { Table, TableKind } from './table.ts';

/** One line of the fleet but for its entity tag, which is computed for rows that leave. */
export type AgentFacts = Omit<AgentRow, 'etag'>;
/** The newest word of an agent, as far as the shared list of events or its own record told. */
export interface NewestEvent {
  at: string;
  status: string;
}
/** What the reach index knows of an agent; `labels` is null before they were read. */
export interface AgentKnowledge {
  id: string;
  /** Sets of agents come as marked numbers. */
  number: number;
  labels: readonly string[] | null;
}
export interface AgentEntry {
  record: WireFleetRecord;
  known: AgentKnowledge | undefined;
  /** Console's time when the answer with this record had arrived: its ages count from here. */
  arrivedMs: number;
  newest: NewestEvent | undefined;
  /** The record tells of an event that was not read. */
  hasUnread: boolean;
  rhythmMs: number;
  rhythmAssumed: boolean;
  state: AgentRow['state'];
  connection: AgentRow['connection'];
}
export type AgentTable = Table<AgentEntry, AgentFacts>;

interface EntryParts {
  arrivedMs: number;
  newest: NewestEvent | undefined;
  hasUnread: boolean;
  known?: AgentKnowledge | undefined;
}
export function agentEntry(record: WireFleetRecord, { arrivedMs, newest, hasUnread, known }: EntryParts, rhythms: Rhythms): AgentEntry {
  const { rhythmMs, assumed } = rhythms.of(record.agent_id);
  const entry: AgentEntry = {
    record,
    known,
    arrivedMs,
    newest,
    hasUnread,
    rhythmMs,
    rhythmAssumed: assumed,
    state: 'never_reported',
    connection: 'none',
  };
  deriveAgent(entry, arrivedMs);
  return entry;
}
export function newestOf(events: readonly WireAgentEvent[]): NewestEvent | undefined {
  const [first] = events;
  return first && { at: first.created_at, status: first.status };
}

/** Age in the answer plus the time since it arrived. */
function ageMs(seconds: number | null, arrivedMs: number, nowMs: number): number | null {
  return seconds === null ? null : seconds * 1000 + Math.max(0, nowMs - arrivedMs);
}
function deriveAgent(entry: AgentEntry, nowMs: number): boolean {
  const { record, rhythmMs } = entry;
  const heartbeatAgeMs = ageMs(record.heartbeat_age_seconds, entry.arrivedMs, nowMs);
  const state = agentState({
    status: record.status,
    heartbeatAgeMs,
    rhythmMs,
    // A failure stands until a newer word is known: a list of events that lags makes nothing green.
    lastEventStatus: entry.newest?.status ?? null,
    hasUnreadEvent: entry.hasUnread,
    healthFailing: record.health_failing,
    healthDegraded: record.health_degraded,
    k8sReachable: record.k8s_reachable,
    pendingObjects: record.pending_object_count,
  });
  const isHeard = heartbeatAgeMs !== null && !isLate(heartbeatAgeMs, rhythmMs);
  const connection = record.ws_connected ? 'socket' : isHeard ? 'polling' : 'none';
  const hasChanged = state !== entry.state || connection !== entry.connection;
  entry.state = state;
  entry.connection = connection;
  return hasChanged;
}

const connections: AgentRow['connection'][] = ['socket', 'polling', 'none'];
/** Larger is longer ago, comparable between answers that arrived at different times. */
const agoMs = (seconds: number | null, arrivedMs: number) => (seconds === null ? null : seconds * 1000 - arrivedMs);
const lower = (text: string) => text.toLowerCase();
const reachability = (isReachable: boolean | null) => (isReachable === null ? 'unknown' : isReachable ? 'reachable' : 'unreachable');
/** Null also while the newest event that the record tells of has not been read yet. */
const lastEventStatus = ({ newest, record }: AgentEntry) =>
  newest !== undefined && newest.at === record.last_event_at ? newest.status : null;

const kind: TableKind<AgentEntry, AgentFacts> = {
  id: ({ record }) => record.agent_id,
  columns: {
    name: ({ record }) => lower(record.name),
    cluster: ({ record }) => lower(record.cluster_name),
    status: ({ record }) => record.status,
    heartbeatAge: ({ record, arrivedMs }) => agoMs(record.heartbeat_age_seconds, arrivedMs),
    rhythm: ({ rhythmMs }) => rhythmMs,
    pendingObjects: ({ record }) => record.pending_object_count,
    work: ({ record }) => record.pending_work_orders + record.claimed_work_orders,
    lastEventAge: ({ record, arrivedMs }) => agoMs(record.seconds_since_last_event, arrivedMs),
    healthFailing: ({ record }) => record.health_failing,
    healthDegraded: ({ record }) => record.health_degraded,
    k8sLatency: ({ record }) => record.k8s_api_latency_ms,
  },
  buckets: {
    state: { bucket: ({ state }) => severity(state), within: 'name' },
    connection: { bucket: ({ connection }) => connections.indexOf(connection), within: 'name' },
  },
  filters: {
    state: ({ state }) => state,
    status: ({ record }) => record.status,
    cluster: ({ record }) => record.cluster_name,
    connection: ({ connection }) => connection,
    kubernetes: ({ record }) => reachability(record.k8s_reachable),
    label: ({ known }) => known?.labels ?? [],
    lastEvent: (entry) => (entry.record.last_event_at === null ? 'none' : (lastEventStatus(entry) ?? 'unknown')),
  },
  haystack: ({ record }) => `${record.name}\n${record.cluster_name}\n${record.agent_id}`,
  derive: deriveAgent,
  show: (entry, nowMs) => {
    const { record, arrivedMs } = entry;
    return {
      id: record.agent_id,
      name: record.name,
      clusterName: record.cluster_name,
      status: record.status,
      state: entry.state,
      connection: entry.connection,
      connectedSince: record.connected_since,
      lastHeartbeat: record.last_heartbeat,
      heartbeatAgeMs: ageMs(record.heartbeat_age_seconds, arrivedMs, nowMs),
      rhythmMs: entry.rhythmMs,
      rhythmAssumed: entry.rhythmAssumed,
      pendingObjects: record.pending_object_count,
      pendingWorkOrders: record.pending_work_orders,
      claimedWorkOrders: record.claimed_work_orders,
      lastEventAt: record.last_event_at,
      lastEventAgeMs: ageMs(record.seconds_since_last_event, arrivedMs, nowMs),
      lastEventStatus: lastEventStatus(entry),
      healthFailing: record.health_failing,
      healthDegraded: record.health_degraded,
      k8sReachable: record.k8s_reachable,
      k8sLatencyMs: record.k8s_api_latency_ms,
    };
  },
};
export const agentTable = (entries: readonly AgentEntry[], isRegistered: (agentId: string, tenant: string) => boolean): AgentTable =>
  createTable({ ...kind, isOf: ({ record }, tenant) => isRegistered(record.agent_id, tenant) }, entries);
/** What one record shows, whether or not it stands in a table. */
export function showAgent(entry: AgentEntry, nowMs: number): AgentFacts {
  deriveAgent(entry, nowMs);
  return kind.show(entry, nowMs);
}
