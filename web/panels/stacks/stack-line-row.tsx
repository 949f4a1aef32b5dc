import type { ReactNode } from 'react';
import type { StackFacts, StackRow } from '#contract/stacks.ts';
import { type Coverage, isReachCounted } from '#web/lib/coverage.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Mark, StateWord } from '#web/ui/state-mark.tsx';
import { Reached, SignNow } from './columns.tsx';

/** One stack on a phone: the same facts as in the table, its state first. */
export function stackLineRow(
  { name, reached, generatorName }: StackRow,
  facts: StackFacts | null | undefined,
  coverage: Coverage | undefined,
): NarrowRow {
  const say = words.stacks;
  const current = facts?.current === 'not_read' ? undefined : facts?.current;
  // That it reaches nobody its number says already.
  const reach = !isReachCounted(reached, coverage) ? [say.reachesUnknown] : reached === 0 ? [] : [say.reaches(reached, coverage)];
  const signed = (draw: (sign: StateSign) => ReactNode) => (
    <SignNow facts={facts} coverage={coverage}>
      {draw}
    </SignNow>
  );
  return {
    mark: signed(({ kind }) => <Mark kind={kind} />),
    title: <bdi>{name}</bdi>,
    aside: <Reached reached={reached} coverage={coverage} />,
    line: (
      <>
        {signed((sign) => (
          <>
            <StateWord sign={sign} />
            {', '}
          </>
        ))}
        {[
          ...(current ? [`${say.columns.revision.toLowerCase()} ${current.sequence}`] : []),
          generatorName ?? say.unlistedGenerator,
          ...reach,
        ].join(', ')}
      </>
    ),
  };
}
