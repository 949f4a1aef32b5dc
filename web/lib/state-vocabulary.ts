import type { AgentState } from '#contract/agents.ts';
import type { AuditOutcome } from '#contract/audit.ts';
import type { HealthRecord } from '#contract/reach.ts';
import type { ReachState } from '#contract/stacks.ts';
import { agentStateWords, healthWords, outcomeWords, reachStateWords } from './words/en/states.ts';

/** The nine shapes; each is told apart in one colour. */
export const markKinds = ['ok', 'warn', 'bad', 'stale', 'silent', 'unknown', 'pending', 'off', 'gone'] as const;
export type MarkKind = (typeof markKinds)[number];
export interface StateSign {
  kind: MarkKind;
  word: string;
  /** Truly under way: the mark may pulse. */
  moving?: true;
}

const agentKinds: Record<AgentState, MarkKind> = {
  silent: 'silent',
  failing: 'bad',
  apply_failed: 'bad',
  stale: 'stale',
  degraded: 'warn',
  unreachable: 'bad',
  pending: 'pending',
  never_reported: 'unknown',
  unknown: 'unknown',
  inactive: 'off',
  active: 'ok',
};
const outcomeKinds: Record<AuditOutcome, MarkKind> = {
  pending: 'pending',
  success: 'ok',
  failure: 'bad',
  denied: 'bad',
  unknown: 'unknown',
};
const reachKinds: Record<ReachState, MarkKind> = {
  failed: 'bad',
  failing: 'bad',
  degraded: 'warn',
  silent: 'silent',
  stale: 'stale',
  pending: 'pending',
  unconfirmed: 'unknown',
  healthy: 'ok',
};
const healthKinds: Record<HealthRecord['status'], MarkKind> = { healthy: 'ok', degraded: 'warn', failing: 'bad', unknown: 'unknown' };

/** What the broker says in free text, lower-cased: statuses of agents, events and sockets. */
const brokerSigns: Record<string, StateSign> = {
  active: { kind: 'ok', word: 'active' },
  inactive: { kind: 'off', word: 'inactive' },
  success: { kind: 'ok', word: 'success' },
  failure: { kind: 'bad', word: 'failure' },
  failed: { kind: 'bad', word: 'failed' },
  healthy: { kind: 'ok', word: 'healthy' },
  degraded: { kind: 'warn', word: 'degraded' },
  failing: { kind: 'bad', word: 'failing' },
  unknown: { kind: 'unknown', word: 'unknown' },
  pending: { kind: 'pending', word: 'pending' },
  claimed: { kind: 'pending', word: 'claimed', moving: true },
  running: { kind: 'pending', word: 'running', moving: true },
  in_progress: { kind: 'pending', word: 'in progress', moving: true },
  reachable: { kind: 'ok', word: 'reachable' },
  unreachable: { kind: 'bad', word: 'unreachable' },
  deleted: { kind: 'gone', word: 'deleted' },
};

export const agentSign = (state: AgentState): StateSign => ({ kind: agentKinds[state], word: agentStateWords[state] });
export const outcomeSign = (outcome: AuditOutcome): StateSign => ({
  kind: outcomeKinds[outcome],
  word: outcomeWords[outcome],
  ...(outcome === 'pending' ? { moving: true } : {}),
});
export const reachSign = (state: ReachState): StateSign => ({ kind: reachKinds[state], word: reachStateWords[state] });
export const healthSign = (status: HealthRecord['status']): StateSign => ({ kind: healthKinds[status], word: healthWords[status] });
/** Undefined for a word nobody mapped: it is then shown as itself, and logged. */
export const brokerSign = (status: string): StateSign | undefined => brokerSigns[status.toLowerCase()];
