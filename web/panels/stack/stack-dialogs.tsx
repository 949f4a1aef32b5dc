import { DeleteDialog } from './delete-dialog.tsx';
import { DeletionMarkerDialog } from './deletion-marker-dialog.tsx';
import { EditDialog } from './edit-dialog.tsx';
import type { StackActions } from './use-stack-actions.ts';

/** The one decision that is being taken about this stack. */
export function StackDialogs({ actions: { dialog, close } }: { actions: StackActions }) {
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'edit':
      return <EditDialog stack={dialog.stack} onClose={close} />;
    case 'delete':
      return <DeleteDialog stack={dialog.stack} coverage={dialog.coverage} onClose={close} />;
    case 'marker':
      return <DeletionMarkerDialog stack={dialog.stack} current={dialog.current} onClose={close} />;
  }
}
