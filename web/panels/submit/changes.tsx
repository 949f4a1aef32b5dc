import { useDeferredValue, useState } from 'react';
import type { Revision } from '#contract/stacks.ts';
import { useDiffView } from '#web/hooks/use-diff-view.ts';
import { explain } from '#web/lib/failure.ts';
import { countChanges } from '#web/lib/resource-diff.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { IconButton } from '#web/ui/button.tsx';
import { classes } from '#web/ui/classes.ts';
import { DiffSwitch } from '#web/ui/diff-switch.tsx';
import { ChevronDownIcon } from '#web/ui/icons.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { ResourceDiff } from '#web/ui/resource-diff.tsx';
import { useWidth } from '#web/ui/use-width.ts';
import css from './submit.module.css';
import type { SubmissionState } from './use-submission.ts';

const say = submit.changes;

/** What the text changes against the current revision, object by object; it follows the text at a short distance. */
export function Changes({
  state: { preview, isCompared, canCompare, isEmpty },
  current,
}: {
  state: SubmissionState;
  current: Revision | null;
}) {
  const [isShown, setIsShown] = useState(true);
  const [measure, width] = useWidth();
  const { hasRoom, view, choose } = useDiffView(width);
  const answer = useDeferredValue(canCompare ? preview.data : undefined);
  const hasChanges = answer?.diff.resources.some(({ change }) => change !== 'same') ?? false;
  const title = answer === undefined ? say.title : answer.diff.from === null ? say.fromNothing : say.from(answer.diff.from.sequence);
  return (
    <section ref={measure} className={classes(css['changes'], !isShown && css['folded'])} aria-label={title}>
      <header className={css['bar']}>
        <h2>{title}</h2>
        {answer !== undefined && (
          <>
            <span className={css['sums']}>
              <span className={css['plus']}>+{answer.diff.addedLines}</span>{' '}
              <span className={css['minus']}>−{answer.diff.removedLines}</span>
            </span>
            <span className={css['count']}>{countsOf(answer.diff)}</span>
          </>
        )}
        <span className={css['barEnd']}>
          <output className="muted">{!canCompare ? '' : isCompared ? say.matches : preview.isFetching ? say.comparing : ''}</output>
          {hasRoom && isShown && hasChanges && <DiffSwitch view={view} choose={choose} />}
          <IconButton label={isShown ? say.hide : say.show} aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
            <span className={classes(css['fold'], !isShown && css['shut'])}>
              <ChevronDownIcon />
            </span>
          </IconButton>
        </span>
      </header>
      {isShown && (
        <div className={css['changesBody']}>
          {!canCompare ? (
            <p className={css['hint']}>{isEmpty ? say.nothingYet : say.held}</p>
          ) : preview.isError ? (
            <PanelState
              kind="error"
              failure={explain(preview.error, say.notCompared)}
              onRetry={() => void preview.refetch()}
              retrying={preview.isFetching}
            />
          ) : answer === undefined ? (
            <Loading label={say.title} rows={3} />
          ) : !hasChanges && current !== null ? (
            <PanelState kind="empty" title={say.none(current.sequence)}>
              {say.noneText}
            </PanelState>
          ) : (
            <ResourceDiff resources={answer.diff.resources} truncated={answer.diff.truncated} split={view === 'split'} />
          )}
        </div>
      )}
    </section>
  );
}
function countsOf(diff: Parameters<typeof countChanges>[0]): string {
  const { added, changed, removed, same } = countChanges(diff);
  return say.counts(added, changed, removed, same);
}
