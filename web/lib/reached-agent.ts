import { healthFreshMs, type HealthRecord, type ObjectHealth, type ObjectState, type ReachedAgent } from '#contract/reach.ts';
import type { ReachState, RollUp } from '#contract/stacks.ts';
import { eventSign } from './event-sign.ts';
import { healthSign, type StateSign } from './state-vocabulary.ts';
import { reach } from './words/en/reach.ts';
import { appliedConfirmed } from './words/en/states.ts';

export const isFresh = (ageMs: number | undefined): boolean => ageMs !== undefined && ageMs <= healthFreshMs;
/** What a state says now that was told a while ago: only what is fresh shows that anything runs. */
export const stateNow = <State extends ReachState | null>(state: State, ageMs: number | undefined): State | 'unconfirmed' =>
  state === 'healthy' && !isFresh(ageMs) ? 'unconfirmed' : state;
/** The same of the states of many. */
export const rollUpNow = (rollUp: RollUp, ageMs: number | undefined): RollUp =>
  isFresh(ageMs) ? rollUp : { ...rollUp, unconfirmed: (rollUp.unconfirmed ?? 0) + (rollUp.healthy ?? 0), healthy: 0 };

/** What the agent said about the revision. A success is confirmed by a fresh health record or by nothing. */
export function answerSign({ answer, state }: Pick<ReachedAgent, 'answer' | 'state'>): StateSign | undefined {
  if (answer === null) return undefined;
  return state === 'healthy' && answer.status.toUpperCase() === 'SUCCESS'
    ? { kind: 'ok', word: appliedConfirmed }
    : eventSign(answer.status);
}
/** An answer, and what is known of the agent beside it. */
export interface ToldAnswer {
  answer: NonNullable<ReachedAgent['answer']>;
  state: ReachedAgent['state'];
}
export type ToldHealth = Pick<HealthRecord, 'status' | 'podsReady' | 'podsTotal' | 'conditions'>;
/**
 * What an agent's health record shows of one revision.
 * @param ageMs of the record now; undefined while that is not known
 * @param isRead whether it could be read that there is no record
 */
export function healthTold(
  health: ToldHealth | null,
  ageMs: number | undefined,
  isRead: boolean,
): { sign: StateSign; meaning: string | undefined; pods: string } {
  if (health === null) {
    const [word, meaning] = isRead ? [reach.noRecord, reach.noRecordMeaning] : [reach.notRead, reach.notReadMeaning];
    return { sign: { kind: 'unknown', word }, meaning, pods: '' };
  }
  const sign = healthSign(health.status);
  const pods = reach.pods(health.podsReady, health.podsTotal);
  return isFresh(ageMs)
    ? { sign, meaning: health.conditions.join('\n') || undefined, pods }
    : { sign: { kind: 'stale', word: reach.old(sign.word) }, meaning: reach.oldMeaning, pods };
}
/** What is wrong by its record, worst first: its conditions, then the objects that are not ready. */
export const healthCauses = ({ conditions, resources }: HealthRecord): string[] => [
  ...conditions,
  ...resources
    .filter(({ ready }) => !ready)
    .map(({ kind, name, message }) => (message === null ? `${kind} ${name}` : `${kind} ${name}: ${message}`)),
];

/** What of these counts still holds now: a record that is not fresh any more shows what was ready. */
export const objectCountsNow = (counts: ObjectHealth['counts'], ageMs: number | undefined): Record<ObjectState, number> => {
  const { not_ready, old, ready } = counts;
  return isFresh(ageMs) ? { not_ready, old, ready } : { not_ready, old: old + ready, ready: 0 };
};
