import * as z from 'zod/mini';
import { AuditRow } from './audit.ts';
import { Done, endpoint, IfMatch, reason, WithReason } from './endpoint.ts';
import { objectName, timestamp, uuid } from './fields.ts';
import { ListQuery, page } from './list.ts';

/**
 * The console's verdict over one agent, worst first; each is a fact the broker holds, none says that a workload runs.
 * silent: no word for over 10 min · failing: it reports failing objects · apply_failed: its newest event is a failure ·
 * stale: older than three of its own intervals · degraded · pending: objects it has not answered · inactive: an operator's
 * choice · never_reported · active: it reports, is active and says nothing is wrong.
 */
export const agentStates = [
  'silent',
  'failing',
  'apply_failed',
  'stale',
  'degraded',
  'unreachable',
  'pending',
  'never_reported',
  'inactive',
  'active',
] as const;
export const AgentState = z.enum(agentStates);
export type AgentState = z.infer<typeof AgentState>;
export const Connection = z.enum(['socket', 'polling', 'none']);

const agentFacts = {
  id: z.string(),
  name: z.string(),
  clusterName: z.string(),
  /** Free text of the broker; ACTIVE and INACTIVE are what agents know. */
  status: z.string(),
  state: AgentState,
  /** `socket` is open now; `polling` was heard within its rhythm without one; `none` otherwise. */
  connection: Connection,
  connectedSince: z.nullable(timestamp),
  lastHeartbeat: z.nullable(timestamp),
  /** Age when the broker answered plus the time since: never local clock minus a timestamp. */
  heartbeatAgeMs: z.nullable(z.int()),
  /** The agent's own interval, measured; 30 s and `assumed` before five gaps were seen. */
  rhythmMs: z.int(),
  rhythmAssumed: z.boolean(),
  pendingObjects: z.int(),
  pendingWorkOrders: z.int(),
  claimedWorkOrders: z.int(),
  lastEventAt: z.nullable(timestamp),
  lastEventAgeMs: z.nullable(z.int()),
  /** Null while the events could not be read or there is none; SUCCESS is history, not proof. */
  lastEventStatus: z.nullable(z.string()),
  /** Counts over all its records, superseded ones included (the broker never prunes). */
  healthFailing: z.int(),
  healthDegraded: z.int(),
  k8sReachable: z.nullable(z.boolean()),
  k8sLatencyMs: z.nullable(z.int()),
  /** Over name, cluster and status only. */
  etag: z.string(),
};
/** Columns that `GET /api/agents` sorts by; unset: worst state first, then name. */
export const agentSorts = [
  'state',
  'name',
  'cluster',
  'status',
  'connection',
  'heartbeatAge',
  'rhythm',
  'pendingObjects',
  'work',
  'lastEventAge',
  'healthFailing',
  'healthDegraded',
  'k8sLatency',
] as const;
/** Fields that it filters by. `kubernetes` is reachable, unreachable or unknown; `lastEvent` the newest event's status, or `none`. */
export const agentFilters = ['state', 'status', 'cluster', 'connection', 'kubernetes', 'lastEvent'] as const;
/** One line of the fleet. */
export const AgentRow = z.object(agentFacts);
export type AgentRow = z.infer<typeof AgentRow>;

/** One thing an agent once said about one deployment object. */
export const AgentEvent = z.object({
  id: z.string(),
  at: timestamp,
  ageMs: z.int(),
  deploymentObjectId: z.string(),
  eventType: z.string(),
  status: z.string(),
  message: z.nullable(z.string()),
});
export type AgentEvent = z.infer<typeof AgentEvent>;

/** Where this agent's socket to the broker stands, from the broker's list of sockets. */
export const AgentSocket = z.object({ connectedSince: timestamp, messagesIn: z.int(), messagesOut: z.int() });
export const AgentDetail = z.object({
  agent: AgentRow,
  createdAt: timestamp,
  updatedAt: timestamp,
  k8sReportedAt: z.nullable(timestamp),
  /** At most 20, newest first. */
  recentEvents: z.array(AgentEvent),
  /** Null: no open socket. `unknown`: the list of sockets could not be read. */
  socket: z.union([AgentSocket, z.null(), z.literal('unknown')]),
  asOf: z.string(),
  ageMs: z.int(),
});
export type AgentDetail = z.infer<typeof AgentDetail>;

const params = z.object({ agentId: uuid });
export const newAgentKey = z.object({ agent: AgentRow, pak: z.string() });

export const listAgents = endpoint('GET /api/agents', {
  policy: 'read',
  audit: 'none',
  request: { query: ListQuery },
  response: page(AgentRow),
});
export const readAgent = endpoint('GET /api/agents/:agentId', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: AgentDetail,
});
export const agentEventSorts = ['at', 'status', 'eventType'] as const;
export const agentEventFilters = ['status', 'eventType'] as const;
/** Events as the agent reported them, newest first unless sorted otherwise. */
export const listAgentEvents = endpoint('GET /api/agents/:agentId/events', {
  policy: 'read',
  audit: 'none',
  request: { params, query: ListQuery },
  response: page(AgentEvent),
});
/** Who changed this agent through the console, newest first, at most 200. */
export const listAgentHistory = endpoint('GET /api/agents/:agentId/history', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: z.object({ rows: z.array(AuditRow), asOf: z.string() }),
});

/** A new agent is INACTIVE; its key is in this answer and nowhere else. Repeating the call never shows it again (409 `secret_not_repeated`). */
export const createAgent = endpoint('POST /api/agents', {
  policy: 'administer',
  audit: 'agent.created',
  request: { body: z.strictObject({ name: objectName, clusterName: objectName, generatorIds: z.array(uuid).check(z.maxLength(100)) }) },
  response: newAgentKey,
  secret: true,
});
/** Absent means unchanged. */
export const renameAgent = endpoint('PATCH /api/agents/:agentId', {
  policy: 'administer',
  audit: 'agent.renamed',
  request: {
    params,
    headers: IfMatch,
    body: z.strictObject({ name: z.optional(objectName), clusterName: z.optional(objectName) }),
  },
  response: AgentRow,
});
/** ACTIVE lets the agent process take up work; INACTIVE makes it skip: the broker itself goes on serving, nothing is rolled back. */
export const setAgentStatus = endpoint('PUT /api/agents/:agentId/status', {
  policy: 'operate',
  audit: 'agent.status_changed',
  request: { params, headers: IfMatch, body: z.strictObject({ status: z.enum(['ACTIVE', 'INACTIVE']) }) },
  response: AgentRow,
  reach: true,
});
export const rotateAgentPak = endpoint('POST /api/agents/:agentId/rotate-pak', {
  policy: 'administer',
  audit: 'agent.pak_rotated',
  request: { params, body: WithReason },
  response: newAgentKey,
  secret: true,
});
/** Reads first: the broker answers 204 for any id. */
export const deleteAgent = endpoint('DELETE /api/agents/:agentId', {
  policy: 'administer',
  audit: 'agent.deleted',
  request: { params, body: z.strictObject({ reason }) },
  response: Done,
  reach: true,
});
