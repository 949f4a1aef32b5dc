import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Revision, type StackDetail, type StackRow } from '#contract/stacks.ts';
import { useUrlState } from '#web/hooks/use-list-state.ts';
import { explain } from '#web/lib/failure.ts';
import { listState } from '#web/lib/list-state.ts';
import { paths } from '#web/lib/paths.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { stackRevisions } from '#web/queries/revisions.ts';
import { Moment } from '#web/ui/age.tsx';
import { LinkButton } from '#web/ui/button.tsx';
import { PlusIcon } from '#web/ui/icons.tsx';
import { useGo } from '#web/ui/link.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { RevisionRail } from '#web/ui/revision-rail.tsx';
import { useWidth } from '#web/ui/use-width.ts';
import { CurrentRevision } from './current-revision.tsx';
import { railSize } from './list-defaults.ts';
import { RevisionDrawer } from './revision-drawer.tsx';
import css from './stack.module.css';
import type { StackActions } from './use-stack-actions.ts';

const say = words.stack.revisions;
/** The rail, the gap, and the narrowest that clusters × states fit into. */
const besidePx = 1100;

/** What was submitted, down the side; what agents made of the current one, beside it. */
export function RevisionsTab({ detail, actions }: { detail: StackDetail; actions: StackActions }) {
  const { stack, current } = detail;
  const url = useUrlState();
  const [measure, width] = useWidth();
  const offset = Number(listState(`?offset=${url.get('offset') ?? 0}`).offset);
  const revisions = useQuery(stackRevisions(stack.id, { offset: String(offset), limit: railSize }));
  const page = revisions.data;
  const go = useGo();
  const [first, setFirst] = useState<{ id: string; number: string }>();
  const pick = (id: string, number: string) => {
    if (first === undefined) return setFirst({ id, number });
    if (first.id === id) return setFirst(undefined);
    // Whichever was picked first: the earlier one is what the later one is read against.
    const isForward = Number(first.number) < Number(number);
    go(isForward ? paths.compare(first.id, id) : paths.compare(id, first.id));
  };
  const opened = url.get('open');

  if (current === null) {
    return (
      <Card title={say.title} flush>
        <PanelState
          kind="empty"
          title={say.empty}
          actions={
            actions.why.submit === undefined && (
              <LinkButton size="small" variant="primary" icon={<PlusIcon />} href={paths.submit(stack.id)}>
                {words.stack.submit}
              </LinkButton>
            )
          }
        >
          {say.emptyText}
        </PanelState>
      </Card>
    );
  }
  const rail =
    page === undefined ? (
      <section key="rail" aria-label={say.title}>
        {revisions.isError ? (
          <PanelState
            kind="error"
            failure={explain(revisions.error, say.notRead)}
            onRetry={() => void revisions.refetch()}
            retrying={revisions.isFetching}
          />
        ) : (
          <Loading label={say.title} rows={6} />
        )}
      </section>
    ) : (
      <Moment key="rail" at={momentOf(page)}>
        <div>
          <RevisionRail
            title={say.title}
            total={page.total}
            stops={page.rows.map((revision) => stopOf(revision, { stack, currentId: current.id, opened, offset }))}
            range={{
              from: offset + 1,
              to: offset + page.rows.length,
              onNewer:
                offset === 0
                  ? undefined
                  : () => url.set({ offset: offset > Number(railSize) ? String(offset - Number(railSize)) : undefined, open: undefined }),
              onOlder:
                offset + page.rows.length >= page.total
                  ? undefined
                  : () => url.set({ offset: String(offset + Number(railSize)), open: undefined }),
            }}
            foot={say.numbers}
            comparing={{ first, pick, stop: () => setFirst(undefined) }}
          />
          {(page.stale !== null || revisions.isError) && <StaleNote at={page.asOf} />}
        </div>
      </Moment>
    );
  const main = <CurrentRevision key="main" stack={stack} current={current} />;
  // Where there is no room for both, what agents made of the current one comes first.
  const isBeside = width === undefined || width >= besidePx;
  return (
    <>
      <div ref={measure} className={css['railGrid']} data-beside={isBeside}>
        {isBeside ? [rail, main] : [main, rail]}
      </div>
      {opened !== undefined && (
        <RevisionDrawer
          key={opened}
          revisionId={opened}
          stack={stack}
          actions={actions}
          onClose={() => url.set({ open: undefined })}
          onWalk={(step) => {
            const rows = page?.rows ?? [];
            const next = rows[rows.findIndex(({ id }) => id === opened) + step];
            if (next !== undefined) url.set({ open: next.id }, true);
          }}
        />
      )}
    </>
  );
}

function stopOf(
  { id, sequence, submittedAt, ageMs, isDeletionMarker, bytes, checksum }: Revision,
  { stack, currentId, opened, offset }: { stack: StackRow; currentId: string; opened: string | undefined; offset: number },
) {
  const isCurrent = id === currentId;
  return {
    id,
    number: String(sequence),
    at: submittedAt,
    ageMs,
    tag: isCurrent ? say.current : undefined,
    note: isDeletionMarker ? say.marker : <span className="mono">{checksum.slice(0, 12)}</span>,
    end: isDeletionMarker ? undefined : <span>{say.bytes(bytes)}</span>,
    href: paths.revision(stack.id, id, offset),
    current: isCurrent,
    opened: id === opened,
  };
}
