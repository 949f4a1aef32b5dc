import { isFailure, isLate, silentAfterMs } from './agent-state.ts';
import { healthFreshMs } from '#contract/reach.ts';
import type { HealthRecord } from '#contract/reach.ts';
import { reachStates } from '#contract/stacks.ts';
import type { ReachState, RollUp } from '#contract/stacks.ts';

/** What an agent made of one revision; all of it its own words, through the broker. */
export interface ReachFacts {
  /** Null: it never reported. */
  heartbeatAgeMs: number | null;
  rhythmMs: number;
  /** Its newest event for this revision; null without one. */
  answer: { status: string } | null;
  /** Its record of this revision; null without one, or when the records could not be read. */
  health: { status: HealthRecord['status']; ageMs: number } | null;
}

/**
 * The worst that holds. A bad word stands until another replaces it, however old; a good one needs to be fresh: an applied
 * revision without a fresh record of health is unconfirmed. Who never reported has not answered either.
 */
export function reachState({ heartbeatAgeMs: age, rhythmMs, answer, health }: ReachFacts): ReachState {
  if (answer !== null && isFailure(answer.status)) return 'failed';
  if (health?.status === 'failing') return 'failing';
  if (health?.status === 'degraded') return 'degraded';
  if (age !== null && age > silentAfterMs) return 'silent';
  if (age !== null && isLate(age, rhythmMs)) return 'stale';
  if (answer === null) return 'pending';
  return health?.status === 'healthy' && health.ageMs <= healthFreshMs ? 'healthy' : 'unconfirmed';
}

const severities = new Map(reachStates.map((state, at) => [state, at]));
/** 0 is the worst. */
export const reachSeverity = (state: ReachState): number => severities.get(state) ?? reachStates.length;

export function rollUp(states: Iterable<ReachState>): RollUp {
  const counts = Object.fromEntries(reachStates.map((state) => [state, 0])) as RollUp; // every state is among the keys
  for (const state of states) counts[state] += 1;
  return counts;
}
