import { type Coverage as Known, isWhole } from '#web/lib/coverage.ts';
import { formatAge } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Mark } from '#web/ui/state-mark.tsx';

/** How much of the fleet a filter or a grouping by label knows of. */
export function Coverage({ coverage }: { coverage: Known }) {
  const { known, total, oldestMs } = coverage;
  return (
    <span title={words.fleetViews.coverageMeaning}>
      {!isWhole(coverage) && <Mark kind="unknown" />}{' '}
      {words.fleetViews.coverage(known, total, oldestMs === null ? undefined : formatAge(oldestMs))}
    </span>
  );
}
