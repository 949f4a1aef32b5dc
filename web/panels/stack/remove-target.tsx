import type { StackRow } from '#contract/stacks.ts';
import { unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { useUntargetAgent } from '#web/queries/reach.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Consequences } from '#web/ui/consequences.tsx';

const say = words.stack.targets;
interface RemoveTargetProps {
  stack: StackRow;
  agent: { id: string; name: string };
  onClose: () => void;
}

export function RemoveTarget({ stack, agent, onClose }: RemoveTargetProps) {
  const remove = useUntargetAgent(stack);
  return (
    <ConfirmDialog
      open
      title={say.removeTitle(agent.name, stack.name)}
      action={say.removeConfirm}
      stay={say.removeCancel}
      pending={remove.isPending}
      failure={unsaid(remove.error, say.notRemoved(agent.name))}
      onConfirm={() => remove.mutate(agent, { onSuccess: onClose })}
      onClose={() => remove.isPending || onClose()}
    >
      <Consequences lines={words.agents.targets.removeConsequences} />
    </ConfirmDialog>
  );
}
