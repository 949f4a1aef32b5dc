import type { StackRow } from '#contract/stacks.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import type { Coverage } from '#web/lib/coverage.ts';
import { paths } from '#web/lib/paths.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { deleteStackDraft, useDeleteStack } from '#web/queries/stacks.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Consequences } from '#web/ui/consequences.tsx';
import { useGo } from '#web/ui/link.tsx';

interface DeleteDialogProps {
  stack: StackRow;
  /** How much of the fleet its reach is counted in. */
  coverage: Coverage;
  onClose: () => void;
}
export function DeleteDialog({ stack, coverage, onClose }: DeleteDialogProps) {
  const draft = useDraft(deleteStackDraft(stack.id), { reason: '' });
  const remove = useDeleteStack(stack);
  const go = useGo();
  const { title, confirm, cancel, consequences, failed } = words.stack.remove;
  return (
    <ConfirmDialog
      open
      danger
      title={title(stack.name)}
      action={confirm}
      stay={cancel}
      typedName={stack.name}
      reason={{ ...draft.field('reason'), error: refusalOf(remove.error, 'reason') }}
      pending={remove.isPending}
      failure={unsaid(remove.error, failed, ['reason'])}
      onConfirm={() => remove.mutate(draft.values.reason.trim(), { onSuccess: () => go(paths.stacks) })}
      onClose={() => remove.isPending || onClose()}
    >
      <Consequences lines={consequences(stack.reached, coverage)} />
    </ConfirmDialog>
  );
}
