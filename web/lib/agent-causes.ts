import { agentStates, type AgentDetail, type AgentEvent, type AgentRow, type AgentState } from '#contract/agents.ts';

/** What is wrong with an agent, with the facts its sentence needs. Every state but `active` has one (and `unknown`, which has no page of its own); several may hold at once. */
export type Cause =
  | { kind: 'silent'; ageMs: number }
  | { kind: 'failing'; records: number }
  /** `refused` is its newest event; `objects` counts what it refused and has not applied since, among its recent events. */
  | { kind: 'apply_failed'; refused: AgentEvent | null; objects: number }
  | { kind: 'stale'; ageMs: number; rhythmMs: number; rhythmAssumed: boolean }
  | { kind: 'degraded'; records: number }
  | { kind: 'unreachable' }
  | { kind: 'pending'; objects: number; isActive: boolean }
  | { kind: 'never_reported'; isActive: boolean }
  | { kind: 'inactive'; status: string; everReported: boolean };

const succeeded = (status: string) => status.toUpperCase() === 'SUCCESS';

/** The newest word about each object, where that word is not a success. */
function refusals(events: readonly AgentEvent[]): AgentEvent[] {
  const newest = new Map<string, AgentEvent>();
  for (const event of events) if (!newest.has(event.deploymentObjectId)) newest.set(event.deploymentObjectId, event);
  return [...newest.values()].filter((event) => !succeeded(event.status));
}

type Kind = Cause['kind'];
/** Which kinds hold by the agent's own facts; `state` is the server's verdict and holds in any case. */
const holds: Record<Kind, (agent: AgentRow) => boolean> = {
  silent: () => false, // ten minutes are the server's to judge: age and rhythm are its own
  stale: () => false,
  failing: (agent) => agent.healthFailing > 0,
  apply_failed: (agent) => agent.lastEventStatus !== null && !succeeded(agent.lastEventStatus),
  degraded: (agent) => agent.healthDegraded > 0,
  unreachable: (agent) => agent.k8sReachable === false,
  pending: (agent) => agent.pendingObjects > 0,
  never_reported: (agent) => agent.lastHeartbeat === null,
  inactive: (agent) => agent.status !== 'ACTIVE',
};

function describe(kind: Kind, agent: AgentRow, events: readonly AgentEvent[]): Cause {
  const isActive = agent.status === 'ACTIVE';
  switch (kind) {
    case 'silent':
      return { kind, ageMs: agent.heartbeatAgeMs ?? 0 };
    case 'stale':
      return { kind, ageMs: agent.heartbeatAgeMs ?? 0, rhythmMs: agent.rhythmMs, rhythmAssumed: agent.rhythmAssumed };
    case 'failing':
      return { kind, records: agent.healthFailing };
    case 'degraded':
      return { kind, records: agent.healthDegraded };
    case 'apply_failed': {
      const newest = events[0];
      const refused = newest !== undefined && !succeeded(newest.status) ? newest : null;
      return { kind, refused, objects: Math.max(1, refusals(events).length) };
    }
    case 'unreachable':
      return { kind };
    case 'pending':
      return { kind, objects: agent.pendingObjects, isActive };
    case 'never_reported':
      return { kind, isActive };
    case 'inactive':
      return { kind, status: agent.status, everReported: agent.lastHeartbeat !== null };
  }
}

const worstFirst = agentStates.filter(
  (state): state is Exclude<AgentState, 'active' | 'unknown'> => state !== 'active' && state !== 'unknown',
);

/**
 * Everything that is wrong with this agent, worst first. The first always is the state that the pill shows: a page
 * never names a cause milder than the verdict above it, and only an `active` agent may have none.
 */
export function causesOf({ agent, recentEvents }: Pick<AgentDetail, 'agent' | 'recentEvents'>): Cause[] {
  const kinds = worstFirst.filter((kind) => kind === agent.state || holds[kind](agent));
  kinds.sort((a, b) => Number(b === agent.state) - Number(a === agent.state));
  return kinds.map((kind) => describe(kind, agent, recentEvents));
}
