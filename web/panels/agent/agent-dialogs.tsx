import type { AgentDetail } from '#contract/agents.ts';
import { DeactivateDialog } from './deactivate-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import type { AgentActions } from './use-agent-actions.ts';

/** The one decision that is being taken about this agent. */
export function AgentDialogs({ actions: { dialog, close }, socket }: { actions: AgentActions; socket: AgentDetail['socket'] }) {
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'deactivate':
      return <DeactivateDialog agent={dialog.agent} onClose={close} />;
    case 'rename':
      return <RenameDialog agent={dialog.agent} onClose={close} />;
    case 'rotate':
      return <RotateDialog agent={dialog.agent} socket={socket} onClose={close} />;
    case 'delete':
      return <DeleteDialog agent={dialog.agent} onClose={close} />;
  }
}
