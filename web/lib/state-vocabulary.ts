import type { AgentState } from '#contract/agents.ts';
import type { AuditOutcome } from '#contract/audit.ts';
import type { HealthRecord } from '#contract/reach.ts';
import type { ReachState } from '#contract/stacks.ts';
import { agentStateWords, brokerWords, healthWords, outcomeWords, reachStateWords } from './words/en/states.ts';

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
const brokerKinds: Record<keyof typeof brokerWords, Omit<StateSign, 'word'>> = {
  active: { kind: 'ok' },
  inactive: { kind: 'off' },
  success: { kind: 'ok' },
  failure: { kind: 'bad' },
  failed: { kind: 'bad' },
  healthy: { kind: 'ok' },
  degraded: { kind: 'warn' },
  failing: { kind: 'bad' },
  unknown: { kind: 'unknown' },
  pending: { kind: 'pending' },
  claimed: { kind: 'pending', moving: true },
  running: { kind: 'pending', moving: true },
  in_progress: { kind: 'pending', moving: true },
  reachable: { kind: 'ok' },
  unreachable: { kind: 'bad' },
  deleted: { kind: 'gone' },
};
const isMapped = (status: string): status is keyof typeof brokerWords => Object.hasOwn(brokerKinds, status);

export const agentSign = (state: AgentState): StateSign => ({ kind: agentKinds[state], word: agentStateWords[state] });
export const outcomeSign = (outcome: AuditOutcome): StateSign => ({
  kind: outcomeKinds[outcome],
  word: outcomeWords[outcome],
  ...(outcome === 'pending' ? { moving: true } : {}),
});
export const reachSign = (state: ReachState): StateSign => ({ kind: reachKinds[state], word: reachStateWords[state] });
export const healthSign = (status: HealthRecord['status']): StateSign => ({ kind: healthKinds[status], word: healthWords[status] });
/** Undefined for a word nobody mapped: it is then shown as itself, and logged. */
export function brokerSign(status: string): StateSign | undefined {
  const said = status.toLowerCase();
  return isMapped(said) ? { ...brokerKinds[said], word: brokerWords[said] } : undefined;
}
