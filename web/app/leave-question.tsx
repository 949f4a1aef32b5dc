import { useStore } from 'zustand';
import { confirmationStore } from '#web/stores/confirmations.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';

/** The dialog behind `ask`: staying is where the hand goes first. */
export function LeaveQuestion() {
  const { asked } = useStore(confirmationStore);
  if (asked === undefined) return null;
  return (
    <ConfirmDialog
      open
      title={asked.title}
      action={asked.go}
      stay={asked.stay}
      danger
      onConfirm={() => asked.answer(true)}
      onClose={() => asked.answer(false)}
    >
      {asked.body}
    </ConfirmDialog>
  );
}
