import { useQuery } from '@tanstack/react-query';
import { Revision, type StackRow } from '#contract/stacks.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { explain } from '#web/lib/failure.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { deletionMarkerDraft, revisionDetail, useSubmitDeletionMarker } from '#web/queries/revisions.ts';
import { CauseNote } from '#web/ui/cause-note.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Consequences } from '#web/ui/consequences.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { ResourceList } from './resource-list.tsx';
import css from './stack.module.css';

const say = words.stack.marker;

interface DeletionMarkerDialogProps {
  stack: StackRow;
  /** As it was when the dialog opened: what the decision is taken on. */
  current: Revision | null;
  onClose: () => void;
}
/** Takes everything of the current revision away from agents; what goes is listed first. */
export function DeletionMarkerDialog({ stack, current, onClose }: DeletionMarkerDialogProps) {
  const draft = useDraft(deletionMarkerDraft(stack.id), { reason: '' });
  const submit = useSubmitDeletionMarker(stack);
  const newer = currentOf(submit.error, Revision);
  const looked = newer ?? current;
  return (
    <ConfirmDialog
      open
      danger
      title={say.title(stack.name)}
      action={say.confirm}
      stay={say.cancel}
      reason={{ ...draft.field('reason'), error: refusalOf(submit.error, 'reason') }}
      pending={submit.isPending}
      failure={newer === undefined ? unsaid(submit.error, say.failed, ['reason']) : undefined}
      onConfirm={() => submit.mutate({ reason: draft.values.reason.trim(), current: looked }, { onSuccess: onClose })}
      onClose={() => submit.isPending || onClose()}
    >
      {newer !== undefined && (
        <div role="alert">
          <CauseNote kind="warn" title={say.newer(newer.sequence)}>
            <p>{say.newerText}</p>
            {current !== null && (
              <p>
                {say.looked} <span className="mono">{current.sequence}</span>, {say.now.toLowerCase()}{' '}
                <span className="mono">{newer.sequence}</span>.
              </p>
            )}
          </CauseNote>
        </div>
      )}
      <Consequences lines={say.consequences} />
      {looked !== null && <Goes revision={looked} />}
    </ConfirmDialog>
  );
}

function Goes({ revision }: { revision: Revision }) {
  const { data, error, isFetching, refetch } = useQuery(revisionDetail(revision.id));
  if (data === undefined) {
    return error === null ? (
      <Loading label={words.stack.revision.resources} rows={3} />
    ) : (
      <PanelState kind="error" failure={explain(error, say.goesNotRead)} onRetry={() => void refetch()} retrying={isFetching} />
    );
  }
  if (data.resources.length === 0) return <p className="secondary">{say.nothingGoes(revision.sequence)}</p>;
  return (
    <div className={css['goes']}>
      <p>{say.goes(data.resources.length, revision.sequence)}</p>
      <ResourceList resources={data.resources} />
    </div>
  );
}
