import type { StackRow } from '#contract/stacks.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Mark, StateWord } from '#web/ui/state-mark.tsx';
import { Reached } from './columns.tsx';

/** One stack on a phone: the same facts as in the table, its state first. */
export function stackLineRow(
  { name, reached, generatorName }: StackRow,
  sign: StateSign | undefined,
  sequence: number | undefined,
): NarrowRow {
  const say = words.stacks;
  return {
    mark: sign && <Mark kind={sign.kind} />,
    title: <bdi>{name}</bdi>,
    aside: <Reached reached={reached} />,
    line: (
      <>
        {sign !== undefined && (
          <>
            <StateWord sign={sign} />
            {', '}
          </>
        )}
        {[
          ...(sequence === undefined ? [] : [`${say.columns.revision.toLowerCase()} ${sequence}`]),
          generatorName ?? say.unlistedGenerator,
          reached === null ? say.reachesUnknown : say.reaches(reached),
        ].join(', ')}
      </>
    ),
  };
}
