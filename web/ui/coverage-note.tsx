import { type Coverage, isWhole } from '#web/lib/coverage.ts';
import { formatAge } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import css from './coverage-note.module.css';
import { Mark } from './state-mark.tsx';

/** How much of the fleet the numbers about reach are made of. */
export function CoverageNote({ coverage }: { coverage: Coverage }) {
  const { known, total, oldestMs } = coverage;
  const say = words.stacks;
  // A key that sees no agent's reach has no index: the screen says so in its own words.
  if (total === 0) return null;
  return (
    <span className={css['note']} title={say.coverageMeaning}>
      {!isWhole(coverage) && (
        <>
          <Mark kind="unknown" />{' '}
        </>
      )}
      {say.coverageLabel} {say.coverage(known, total, oldestMs === null ? undefined : formatAge(oldestMs))}
    </span>
  );
}
