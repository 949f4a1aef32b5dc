import type { WireAgent } from '#bff/broker/wire.ts';
import { agentStates } from '#contract/agents.ts';
import type { AgentState } from '#contract/agents.ts';

/** What the verdict over an agent is made of; all of it facts of the broker. */
export interface StateFacts {
  status: string;
  /** Null: it never reported. */
  heartbeatAgeMs: number | null;
  rhythmMs: number;
  /** Its newest event as far as known; null without one. */
  lastEventStatus: string | null;
  /** It said something that was not read. */
  hasUnreadEvent: boolean;
  healthFailing: number;
  healthDegraded: number;
  k8sReachable: boolean | null;
  pendingObjects: number;
}
export const silentAfterMs = 10 * 60_000;
/** An agent may miss two of its own beats. */
const beatsUntilStale = 3;

export function isLate(heartbeatAgeMs: number, rhythmMs: number): boolean {
  return heartbeatAgeMs > beatsUntilStale * rhythmMs;
}
/** The broker itself calls an event applied only when its status reads so, in any case. */
export function isFailure(eventStatus: string | null): boolean {
  return eventStatus !== null && eventStatus.toUpperCase() !== 'SUCCESS';
}

/** The worst of all states that hold; lists and details both ask here. `active` is left when nothing else is true. */
export function agentState(facts: StateFacts): AgentState {
  const { heartbeatAgeMs: age } = facts;
  if (age !== null && age > silentAfterMs) return 'silent';
  if (facts.healthFailing > 0) return 'failing';
  if (isFailure(facts.lastEventStatus)) return 'apply_failed';
  if (age !== null && isLate(age, facts.rhythmMs)) return 'stale';
  if (facts.healthDegraded > 0) return 'degraded';
  if (facts.k8sReachable === false) return 'unreachable';
  if (facts.pendingObjects > 0) return 'pending';
  if (age === null) return 'never_reported';
  if (facts.status !== 'ACTIVE') return 'inactive';
  return facts.hasUnreadEvent ? 'unknown' : 'active';
}
/** What an agent's own record alone can tell: its events, its health and what waits for it are not in it, so it never is `active`. */
export function stateOfRecord(
  { status, k8s_reachable: k8sReachable }: Pick<WireAgent, 'status' | 'k8s_reachable'>,
  heartbeatAgeMs: number | null,
  rhythmMs: number,
): AgentState {
  return agentState({
    status,
    heartbeatAgeMs,
    rhythmMs,
    k8sReachable,
    lastEventStatus: null,
    hasUnreadEvent: true,
    healthFailing: 0,
    healthDegraded: 0,
    pendingObjects: 0,
  });
}
const severities = new Map(agentStates.map((state, index) => [state, index]));
/** 0 is the worst. */
export function severity(state: AgentState): number {
  return severities.get(state) ?? agentStates.length;
}
