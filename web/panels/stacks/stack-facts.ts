import type { StackFacts, StackRow } from '#contract/stacks.ts';
import type { Coverage } from '#web/lib/coverage.ts';
import { stackSign } from '#web/lib/roll-up.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';

/** What is read for the rows of one page only: undefined while it is read, null where it could not be. */
export type FactsOf = (stackId: string) => StackFacts | null | undefined;

/** The state of one line; undefined while its facts are read. */
export function lineSign({ id }: StackRow, factsOf: FactsOf, coverage: Coverage | undefined): StateSign | undefined {
  const facts = factsOf(id);
  if (facts === undefined) return undefined;
  const current = facts === null || facts.current === 'not_read' ? undefined : facts.current;
  return stackSign({ current, rollUp: facts?.rollUp ?? null, coverage });
}
/** Something of the line's facts is missing. */
export const isPartial = (facts: StackFacts | null | undefined): boolean =>
  facts === null || facts?.labels === 'not_read' || facts?.current === 'not_read';
