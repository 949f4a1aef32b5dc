import type { AgentDetail, AgentEvent, AgentRow } from '#contract/agents.ts';
import type { AuditDetail, AuditRow } from '#contract/audit.ts';
import type { Page } from '#contract/list.ts';
import type { HealthRecord, ReachedAgent, ReachMatrix } from '#contract/reach.ts';
import { reachStates, type Revision, type RollUp, type StackDetail, type StackRow } from '#contract/stacks.ts';

export const agentId = '7f3c1d52-0b7e-4c39-9a41-2d5f6e8b1a01';

export const anAgent = (facts: Partial<AgentRow> = {}): AgentRow => ({
  id: agentId,
  name: 'edge-runner',
  clusterName: 'fra-prod-2',
  status: 'ACTIVE',
  state: 'active',
  connection: 'socket',
  connectedSince: '2026-03-02T08:58:11.204Z',
  lastHeartbeat: '2026-03-02T09:15:27.481Z',
  heartbeatAgeMs: 4000,
  rhythmMs: 10_000,
  rhythmAssumed: false,
  pendingObjects: 0,
  pendingWorkOrders: 0,
  claimedWorkOrders: 0,
  lastEventAt: '2026-03-02T09:12:03.118Z',
  lastEventAgeMs: 208_000,
  lastEventStatus: 'SUCCESS',
  healthFailing: 0,
  healthDegraded: 0,
  k8sReachable: true,
  k8sLatencyMs: 11,
  etag: '"first"',
  ...facts,
});
export const anEvent = (facts: Partial<AgentEvent> = {}): AgentEvent => ({
  id: '5be8c6b1-93a7-4a52-9d1b-7f2e0a4c6603',
  at: '2026-03-02T09:12:03.118Z',
  ageMs: 208_000,
  deploymentObjectId: 'e51b7a90-8f24-4d3c-a6be-0c9d2f1e8404',
  eventType: 'DEPLOY',
  status: 'SUCCESS',
  message: null,
  ...facts,
});
export const aDetail = (agent: Partial<AgentRow> = {}, facts: Partial<Omit<AgentDetail, 'agent'>> = {}): AgentDetail => ({
  agent: anAgent(agent),
  createdAt: '2026-02-11T10:04:55.118Z',
  updatedAt: '2026-03-02T09:15:27.481Z',
  k8sReportedAt: '2026-03-02T09:15:27.480Z',
  recentEvents: [anEvent()],
  socket: { connectedSince: '2026-03-02T08:58:11.204Z', messagesIn: 1873, messagesOut: 6 },
  asOf: new Date().toISOString(),
  ageMs: 0,
  ...facts,
});
export const aPage = <Row>(rows: Row[], facts: Partial<Page<Row>> = {}): Page<Row> => ({
  rows,
  total: rows.length,
  totalUnfiltered: rows.length,
  asOf: new Date().toISOString(),
  ageMs: 0,
  stale: null,
  hiddenByScope: 0,
  facets: {},
  ...facts,
});
export const anAuditRow = (facts: Partial<AuditRow> = {}): AuditRow => ({
  seq: 18_438,
  at: '2026-03-02T09:11:02.884Z',
  type: 'agent.renamed',
  person: { id: 'account:0b7e4c39-9a41-4d5f-8e8b-1a017f3c1d52', name: 'Mara Lindqvist', role: 'admin' },
  resource: { kind: 'agent', id: agentId, name: 'edge-runner' },
  outcome: 'success',
  code: null,
  reason: null,
  requestId: 'rq_5ed9c07e1b5ed9c0',
  count: 1,
  ...facts,
});
export const anAuditDetail = (facts: Partial<AuditDetail> = {}): AuditDetail => ({
  ...anAuditRow(),
  endedAt: '2026-03-02T09:11:02.922Z',
  method: 'PATCH',
  path: `/api/agents/${agentId}`,
  status: 200,
  upstreamStatus: 200,
  ip: '10.42.7.19',
  userAgent: 'Mozilla/5.0',
  sessionHash: '9d41c06f8a7113de',
  before: { name: 'edge-runner', clusterName: 'fra-prod-2' },
  after: { name: 'edge-runner-2', clusterName: 'fra-prod-2' },
  previousHash: '7be102c49f3a5d18'.repeat(4),
  hash: 'c06f8a7113de44b9'.repeat(4),
  ...facts,
});

export const stackId = 'c4a8f0de-35b1-4e6a-b2d9-60e1b7d4f303';
export const wholeFleet = { known: 38, total: 38, oldestMs: 240_000 };

export const aStack = (facts: Partial<StackRow> = {}): StackRow => ({
  id: stackId,
  name: 'ledger',
  description: 'Ledger service, EU',
  generatorId: '2b9e4c11-6d0a-4f7d-8c55-91f0a3e7c202',
  generatorName: 'payments',
  createdAt: '2026-02-12T13:40:09.002Z',
  updatedAt: '2026-02-12T13:40:09.002Z',
  reached: 38,
  etag: '"first"',
  ...facts,
});
export const aRevision = (facts: Partial<Revision> = {}): Revision => ({
  id: 'e51b7a90-8f24-4d3c-a6be-0c9d2f1e8404',
  sequence: 4182,
  submittedAt: '2026-03-02T09:11:58.000Z',
  ageMs: 180_000,
  isDeletionMarker: false,
  checksum: '29481702c06f8a7113de44b97be102c49f3a5d1829481702c06f8a7113de44b9',
  bytes: 1843,
  ...facts,
});
export const aRollUp = (counts: Partial<RollUp> = {}): RollUp => ({
  ...(Object.fromEntries(reachStates.map((state) => [state, 0])) as RollUp),
  ...counts,
});
export const aStackDetail = (stack: Partial<StackRow> = {}, facts: Partial<Omit<StackDetail, 'stack'>> = {}): StackDetail => ({
  stack: aStack(stack),
  current: aRevision(),
  revisions: 8,
  rollUp: aRollUp({ failed: 3, healthy: 35 }),
  clusters: 5,
  coverage: wholeFleet,
  asOf: new Date().toISOString(),
  ageMs: 0,
  ...facts,
});
export const aHealthRecord = (facts: Partial<HealthRecord> = {}): HealthRecord => ({
  status: 'healthy',
  podsReady: 2,
  podsTotal: 2,
  conditions: [],
  resources: [],
  resourcesLeft: 0,
  checkedAt: '2026-03-02T09:15:11.000Z',
  ageMs: 20_000,
  ...facts,
});
export const aReachedAgent = (facts: Partial<ReachedAgent> = {}): ReachedAgent => ({
  agentId,
  name: 'edge-runner',
  clusterName: 'fra-prod-2',
  state: 'healthy',
  reasons: [{ by: 'label', label: 'tier:gold' }],
  heartbeatAgeMs: 4000,
  rhythmMs: 10_000,
  answer: { status: 'SUCCESS', message: null, at: '2026-03-02T09:12:03.118Z', ageMs: 180_000 },
  health: aHealthRecord(),
  ...facts,
});
/** One page of reached agents, with the ages of what their verdicts are made of. */
export const aReachedPage = (
  rows: ReachedAgent[],
  facts: Partial<Page<ReachedAgent>> & Partial<Pick<ReachMatrix, 'healthAgeMs' | 'eventsAgeMs'>> = {},
) => ({
  ...aPage(rows, facts),
  healthAgeMs: 12_000,
  eventsAgeMs: 25_000,
  ...facts,
});
export const aReachMatrix = (facts: Partial<ReachMatrix> = {}): ReachMatrix => ({
  clusters: [
    { name: 'edge-eu', counts: aRollUp({ failed: 2, healthy: 3 }), reached: 5 },
    { name: 'fra-prod-2', counts: aRollUp({ unconfirmed: 1, healthy: 8 }), reached: 9 },
  ],
  all: aRollUp({ failed: 2, unconfirmed: 1, healthy: 11 }),
  reached: 14,
  causes: [
    {
      state: 'failed',
      cause: 'admission webhook denied the request: image registry not allowed',
      agents: 2,
      first: [
        aReachedAgent({
          name: 'store-ber-01',
          clusterName: 'edge-eu',
          state: 'failed',
          answer: { status: 'FAILURE', message: 'denied', at: '2026-03-02T09:12:03.118Z', ageMs: 180_000 },
        }),
      ],
    },
    { state: 'unconfirmed', cause: null, agents: 1, first: [aReachedAgent({ name: 'gateway-11', state: 'unconfirmed', health: null })] },
  ],
  coverage: wholeFleet,
  healthAgeMs: 12_000,
  eventsAgeMs: 25_000,
  asOf: new Date().toISOString(),
  ...facts,
});
