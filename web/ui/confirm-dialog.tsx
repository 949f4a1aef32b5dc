import { type FormEvent, type ReactNode, useState } from 'react';
import type { Failure } from '#web/lib/failure.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import css from './confirm-dialog.module.css';
import { Dialog } from './dialog.tsx';
import { FormFailure } from './form.tsx';
import { type FieldValue, TextField } from './text-field.tsx';

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What will happen, to what, and what will not. */
  children: ReactNode;
  /** What going on is called: "Delete edge-runner". */
  action: string;
  /** It cannot be taken back: its button then stands where the safe one never is. */
  danger?: boolean;
  /** Must be typed exactly. */
  typedName?: string;
  /** Asked for, kept in the audit; from a draft, so that it is not lost. */
  reason?: FieldValue & { error?: string | undefined };
  pending?: boolean;
  failure?: Failure | undefined;
  onConfirm: () => void;
  onClose: () => void;
  stay?: string;
}
/** One decision with its consequences; friction grows with what it reaches. */
export function ConfirmDialog({ open, onClose, title, ...rest }: ConfirmDialogProps) {
  return (
    <Dialog open={open} title={title} onClose={onClose}>
      <Decision title={title} onClose={onClose} {...rest} />
    </Dialog>
  );
}

const reasonIsEnough = (reason: string) => reason.trim().length >= 3;

function Decision({
  title,
  children,
  action,
  danger = false,
  typedName,
  reason,
  pending = false,
  failure,
  onConfirm,
  onClose,
  stay = words.ui.cancel,
}: Omit<ConfirmDialogProps, 'open'>) {
  const [typed, setTyped] = useState('');
  // Faults show once one tried to go on.
  const [tried, setTried] = useState(false);
  const nameFault = typedName !== undefined && typed !== typedName ? words.ui.typedNameDiffers(typedName) : undefined;
  const reasonFault = reason !== undefined && !reasonIsEnough(reason.value) ? words.ui.reasonTooShort : undefined;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (pending) return;
    if (nameFault === undefined && reasonFault === undefined) return onConfirm();
    const form = event.currentTarget;
    requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };
  const go = (
    <Button key="go" type="submit" variant={danger ? 'danger' : 'primary'} pending={pending}>
      {action}
    </Button>
  );
  const back = (
    <Button key="back" onClick={onClose} focusFirst={typedName === undefined && reason === undefined}>
      {stay}
    </Button>
  );
  return (
    <form className={css['decision']} aria-label={title} noValidate onSubmit={submit}>
      <div className={css['text']}>{children}</div>
      {typedName !== undefined && (
        <TextField
          label={words.ui.typeToConfirm(typedName)}
          name="typedName"
          mono
          focusFirst
          required
          value={typed}
          onChange={setTyped}
          error={tried ? nameFault : undefined}
        />
      )}
      {reason !== undefined && (
        <TextField
          label={words.ui.reason}
          hint={words.ui.reasonHint}
          required
          lines={2}
          focusFirst={typedName === undefined}
          {...reason}
          error={tried ? (reasonFault ?? reason.error) : reason.error}
        />
      )}
      {failure && <FormFailure failure={failure} />}
      <footer className={danger ? css['danger'] : css['foot']}>{danger ? [go, back] : [back, go]}</footer>
    </form>
  );
}
