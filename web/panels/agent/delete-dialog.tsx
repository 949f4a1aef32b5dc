import type { AgentRow } from '#contract/agents.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import { paths } from '#web/lib/paths.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { deleteAgentDraft, useDeleteAgent } from '#web/queries/agents.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { useGo } from '#web/ui/link.tsx';
import { Consequences } from '#web/ui/consequences.tsx';

export function DeleteDialog({ agent, onClose }: { agent: AgentRow; onClose: () => void }) {
  const draft = useDraft(deleteAgentDraft(agent.id), { reason: '' });
  const remove = useDeleteAgent(agent);
  const go = useGo();
  const { title, confirm, cancel, consequences, failed } = words.agents.remove;
  return (
    <ConfirmDialog
      open
      danger
      title={title(agent.name)}
      action={confirm}
      stay={cancel}
      typedName={agent.name}
      reason={{ ...draft.field('reason'), error: refusalOf(remove.error, 'reason') }}
      pending={remove.isPending}
      failure={unsaid(remove.error, failed, ['reason'])}
      onConfirm={() => remove.mutate(draft.values.reason.trim(), { onSuccess: () => go(paths.fleet) })}
      onClose={() => remove.isPending || onClose()}
    >
      <Consequences lines={consequences} />
    </ConfirmDialog>
  );
}
