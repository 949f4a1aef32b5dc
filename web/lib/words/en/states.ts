import type { AgentState } from '#contract/agents.ts';
import type { AuditOutcome } from '#contract/audit.ts';
import type { HealthRecord } from '#contract/reach.ts';
import type { ReachState } from '#contract/stacks.ts';

/** Words beside the marks. `active` says what is known: it reports, and nothing it says is wrong. */
export const agentStateWords: Record<AgentState, string> = {
  silent: 'silent',
  failing: 'failing',
  apply_failed: 'apply failed',
  stale: 'stale',
  degraded: 'degraded',
  unreachable: 'unreachable',
  pending: 'pending',
  never_reported: 'never reported',
  unknown: 'not known',
  inactive: 'inactive',
  active: 'active',
};
export const outcomeWords: Record<AuditOutcome, string> = {
  pending: 'running',
  success: 'done',
  failure: 'failed',
  denied: 'denied',
  unknown: 'not known',
};
/** Answers of an agent about one object. Never "running": nothing but a fresh health record says that. */
export const eventWords = { applied: 'applied, unconfirmed', refused: 'refused' };
/** What a reached agent made of the current revision; only a fresh health record makes it healthy. */
export const reachStateWords: Record<ReachState, string> = {
  failed: 'refused',
  failing: 'failing',
  degraded: 'degraded',
  silent: 'silent',
  stale: 'stale',
  pending: 'pending',
  unconfirmed: 'applied, unconfirmed',
  healthy: 'healthy',
};
export const healthWords: Record<HealthRecord['status'], string> = {
  healthy: 'healthy',
  degraded: 'degraded',
  failing: 'failing',
  unknown: 'unknown',
};
/** The state of a whole stack where no agent's state names it. */
export const stackVerdicts = {
  nothingSubmitted: 'nothing submitted',
  notKnown: 'not known',
  partlyKnown: 'partly known',
  reachesNobody: 'reaches nobody',
};
/** An answer of an agent that a fresh health record bears out. */
export const appliedConfirmed = 'applied';
