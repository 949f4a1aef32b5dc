import type { StackFacts } from '#contract/stacks.ts';
import type { Coverage } from '#web/lib/coverage.ts';
import { rollUpNow } from '#web/lib/reached-agent.ts';
import { stackSign } from '#web/lib/roll-up.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';

/** What is read for the rows of one page only: undefined while it is read, null where it could not be. */
export type FactsOf = (stackId: string) => StackFacts | null | undefined;

/** The state of one line, of facts that are so old by now; undefined while they are read. */
export function lineSign(
  facts: StackFacts | null | undefined,
  coverage: Coverage | undefined,
  ageMs: number | undefined,
): StateSign | undefined {
  if (facts === undefined) return undefined;
  const current = facts === null || facts.current === 'not_read' ? undefined : facts.current;
  return stackSign({ current, rollUp: facts?.rollUp ? rollUpNow(facts.rollUp, ageMs) : null, coverage });
}
/** Something of the line's facts is missing. */
export const isPartial = (facts: StackFacts | null | undefined): boolean =>
  facts === null || facts?.labels === 'not_read' || facts?.current === 'not_read';
