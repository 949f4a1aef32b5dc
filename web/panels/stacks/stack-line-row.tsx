import type { StackRow } from '#contract/stacks.ts';
import { type Coverage, isReachCounted } from '#web/lib/coverage.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import { Reached } from './columns.tsx';
import css from './stacks.module.css';

/** One stack on a phone: the same facts as in the table, its state first. */
export function stackLineRow(
  { name, reached, generatorName }: StackRow,
  sign: StateSign | undefined,
  sequence: number | undefined,
  coverage: Coverage | undefined,
): NarrowRow {
  const say = words.stacks;
  return {
    mark: sign && <Mark kind={sign.kind} />,
    title: <bdi>{name}</bdi>,
    aside: <Reached reached={reached} coverage={coverage} />,
    line: (
      <>
        {sign !== undefined && (
          <>
            <span className={css['lineState']} data-kind={sign.kind}>
              {sign.word}
            </span>
            {', '}
          </>
        )}
        {[
          ...(sequence === undefined ? [] : [`${say.columns.revision.toLowerCase()} ${sequence}`]),
          generatorName ?? say.unlistedGenerator,
          isReachCounted(reached, coverage) ? say.reaches(reached, coverage) : say.reachesUnknown,
        ].join(', ')}
      </>
    ),
  };
}
