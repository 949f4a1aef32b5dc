import type { WireAgent } from '#bff/broker/wire.ts';
import type { AgentLine } from '#contract/agents.ts';
import { severity, stateOfRecord } from './agent-state.ts';
import { assumedRhythmMs } from './rhythm.ts';
import { createTable } from './table.ts';
import type { TableKind } from './table.ts';

/** What a generator's key sees of an agent: its record, nothing of its life. */
export type OwnAgentFacts = Omit<AgentLine, 'etag'>;
interface OwnAgent {
  record: WireAgent;
  state: AgentLine['state'];
}

const lower = (text: string) => text.toLowerCase();
const none = () => null;
const unknown = () => 'unknown';
/** `nowMs` is the broker's time: its records carry no ages. */
const ageMs = ({ last_heartbeat: at }: WireAgent, nowMs: number) => (at === null ? null : Math.max(0, Math.round(nowMs - Date.parse(at))));

/** Sorted and filtered by the same names as the fleet; what is not shown is one value. */
const kind: TableKind<OwnAgent, OwnAgentFacts> = {
  id: ({ record }) => record.id,
  columns: {
    name: ({ record }) => lower(record.name),
    cluster: ({ record }) => lower(record.cluster_name),
    status: ({ record }) => record.status,
    connection: none,
    heartbeatAge: ({ record }) => ageMs(record, Number.MAX_SAFE_INTEGER),
    rhythm: none,
    pendingObjects: none,
    work: none,
    lastEventAge: none,
    healthFailing: none,
    healthDegraded: none,
    k8sLatency: ({ record }) => record.k8s_api_latency_ms,
  },
  buckets: { state: { bucket: ({ state }) => severity(state), within: 'name' } },
  filters: {
    state: ({ state }) => state,
    status: ({ record }) => record.status,
    cluster: ({ record }) => record.cluster_name,
    connection: unknown,
    label: () => [],
    kubernetes: ({ record: { k8s_reachable: isReachable } }) =>
      isReachable === null ? 'unknown' : isReachable ? 'reachable' : 'unreachable',
    lastEvent: unknown,
  },
  haystack: ({ record }) => `${record.name}\n${record.cluster_name}\n${record.id}`,
  derive(agent, nowMs) {
    const before = agent.state;
    agent.state = stateOfRecord(agent.record, ageMs(agent.record, nowMs), assumedRhythmMs);
    return agent.state !== before;
  },
  show: ({ record, state }, nowMs) => ({
    id: record.id,
    name: record.name,
    clusterName: record.cluster_name,
    status: record.status,
    state,
    connection: null,
    connectedSince: null,
    lastHeartbeat: record.last_heartbeat,
    heartbeatAgeMs: ageMs(record, nowMs),
    rhythmMs: assumedRhythmMs,
    rhythmAssumed: true,
    pendingObjects: null,
    pendingWorkOrders: null,
    claimedWorkOrders: null,
    lastEventAt: null,
    lastEventAgeMs: null,
    lastEventStatus: null,
    healthFailing: null,
    healthDegraded: null,
    k8sReachable: record.k8s_reachable,
    k8sLatencyMs: record.k8s_api_latency_ms,
  }),
};
export const ownAgentTable = (records: readonly WireAgent[] = []) =>
  createTable(
    kind,
    records.map((record) => ({ record, state: 'unknown' as const })),
  );
