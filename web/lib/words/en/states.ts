import type { AgentState } from '#contract/agents.ts';
import type { AuditOutcome } from '#contract/audit.ts';

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
