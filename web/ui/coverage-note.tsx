import { type Coverage, isWhole } from '#web/lib/coverage.ts';
import { formatAge } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { useAge } from './age.tsx';
import css from './coverage-note.module.css';
import { Mark } from './state-mark.tsx';

/** How much of the fleet the numbers about reach are made of, and how old the oldest of it is by now. */
export function CoverageNote({ coverage }: { coverage: Coverage }) {
  const { known, total, oldestMs } = coverage;
  const say = words.stacks;
  const oldest = useAge(oldestMs, null);
  // A key that sees no agent's reach has no index: the screen says so in its own words.
  if (total === 0) return null;
  return (
    <span className={css['note']} title={say.coverageMeaning}>
      {!isWhole(coverage) && (
        <>
          <Mark kind="unknown" />{' '}
        </>
      )}
      {say.coverageLabel} {say.coverage(known, total, oldest === undefined ? undefined : formatAge(oldest))}
    </span>
  );
}
