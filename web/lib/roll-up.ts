import { type ReachState, type Revision, reachStates, type RollUp } from '#contract/stacks.ts';
import { type Coverage, isWhole } from './coverage.ts';
import { formatCount } from './numbers.ts';
import { type MarkKind, reachSign, type StateSign } from './state-vocabulary.ts';
import { stackVerdicts } from './words/en/states.ts';

export const reachedOf = (rollUp: RollUp): number => reachStates.reduce((sum, state) => sum + (rollUp[state] ?? 0), 0);
/** The worst state that any agent is in. */
export const worstOf = (rollUp: RollUp): ReachState | undefined => reachStates.find((state) => (rollUp[state] ?? 0) > 0);

interface StackKnowledge {
  /** Undefined where it was not read, null before the first submission. */
  current: Revision | null | undefined;
  rollUp: RollUp | null;
  coverage: Coverage | undefined;
}
/** The state of a whole stack: never better than its worst agent, and never healthy while agents are left that nobody knows of. */
export function stackSign({ current, rollUp, coverage }: StackKnowledge): StateSign {
  if (current === null) return { kind: 'off', word: stackVerdicts.nothingSubmitted };
  if (current === undefined || rollUp === null) return { kind: 'unknown', word: stackVerdicts.notKnown };
  const worst = worstOf(rollUp);
  if (worst === undefined) return { kind: 'unknown', word: isWhole(coverage) ? stackVerdicts.reachesNobody : stackVerdicts.notKnown };
  if (worst === 'healthy' && !isWhole(coverage)) return { kind: 'unknown', word: stackVerdicts.partlyKnown };
  return reachSign(worst);
}

export interface TallyPart {
  kind: MarkKind;
  count: number;
  /** "3 refused, 1 failing". */
  words: string;
}
/** Counts by mark, in the order of `marks`, without the zeros: states that share a mark are told apart in words. */
export function tallyByMark<S extends string>(
  counts: Partial<Record<S, number>>,
  states: readonly S[],
  signOf: (state: S) => StateSign,
  marks: readonly MarkKind[],
): TallyPart[] {
  return marks.flatMap((kind) => {
    const own = states.filter((state) => signOf(state).kind === kind && (counts[state] ?? 0) > 0);
    const count = own.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
    const words = own.map((state) => `${formatCount(counts[state] ?? 0)} ${signOf(state).word}`).join(', ');
    return count === 0 ? [] : [{ kind, count, words }];
  });
}
const badness: readonly MarkKind[] = ['bad', 'warn', 'silent', 'stale', 'pending', 'unknown', 'ok'];
/** The roll-up by mark, worst first. */
export const tallyOf = (rollUp: RollUp): TallyPart[] => tallyByMark(rollUp, reachStates, reachSign, badness);
