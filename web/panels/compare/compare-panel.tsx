import { useQuery } from '@tanstack/react-query';
import { uuid } from '#contract/fields.ts';
import { useDiffView } from '#web/hooks/use-diff-view.ts';
import { useUrlState } from '#web/hooks/use-list-state.ts';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { countChanges } from '#web/lib/resource-diff.ts';
import { compare as say } from '#web/lib/words/en/compare.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { words } from '#web/lib/words/index.ts';
import { comparison } from '#web/queries/submit.ts';
import { Button } from '#web/ui/button.tsx';
import { DiffSwitch } from '#web/ui/diff-switch.tsx';
import { SwapIcon } from '#web/ui/icons.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { Card, DetailPage } from '#web/ui/panel.tsx';
import { ResourceDiff } from '#web/ui/resource-diff.tsx';
import { useWidth } from '#web/ui/use-width.ts';
import css from './compare.module.css';
import { Side } from './side.tsx';

/** Two revisions, of one stack or of two; which ones is in the address. */
export function ComparePanel() {
  const url = useUrlState();
  const from = uuid.safeParse(url.get('from')).data;
  const to = uuid.safeParse(url.get('to')).data;
  usePlace({ label: words.stacks.title, href: paths.stacks }, { label: say.title });
  return (
    <DetailPage
      head={
        <PageHead
          title={say.title}
          actions={
            <Button
              size="small"
              icon={<SwapIcon />}
              why={from === undefined && to === undefined ? say.nothingToSwap : undefined}
              onClick={() => url.set({ from: to, to: from })}
            >
              {say.swap}
            </Button>
          }
        />
      }
    >
      <div className={css['sides']}>
        <Side title={say.before} revisionId={from} onPick={(id) => url.set({ from: id })} />
        <Side title={say.after} revisionId={to} onPick={(id) => url.set({ to: id })} />
      </div>
      {from !== undefined && to !== undefined ? (
        <Difference from={from} to={to} />
      ) : (
        <PanelState kind="empty" title={say.choose}>
          {say.chooseText}
        </PanelState>
      )}
    </DetailPage>
  );
}

function Difference({ from, to }: { from: string; to: string }) {
  const { data, error, isFetching, refetch } = useQuery(comparison(from, to));
  const [measure, width] = useWidth();
  const { hasRoom, view, choose } = useDiffView(width);
  if (data === undefined) {
    return (
      <Card title={say.changes} flush>
        {error === null ? (
          <Loading label={say.changes} />
        ) : (
          <PanelState kind="error" failure={explain(error, say.notRead)} onRetry={() => void refetch()} retrying={isFetching} />
        )}
      </Card>
    );
  }
  const { added, changed, removed, same } = countChanges(data);
  const hasChanges = added + changed + removed > 0;
  return (
    <Card
      title={say.changes}
      aside={
        <>
          <span className={css['plus']}>+{data.addedLines}</span> <span className={css['minus']}>−{data.removedLines}</span>,{' '}
          {submit.changes.counts(added, changed, removed, same)}
        </>
      }
      actions={hasRoom && hasChanges ? <DiffSwitch view={view} choose={choose} /> : undefined}
      flush
    >
      <div ref={measure}>
        {!hasChanges ? (
          <PanelState kind="empty" title={say.same}>
            {say.sameText}
          </PanelState>
        ) : (
          <ResourceDiff resources={data.resources} truncated={data.truncated} split={view === 'split'} />
        )}
      </div>
    </Card>
  );
}
