import { type ReactNode, useEffect, useRef } from 'react';
import type { DraftRest, Stranding } from '#web/lib/draft-rest.ts';
import type { Failure } from '#web/lib/failure.ts';
import { clockTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import css from './form.module.css';
import { CopyButton } from './copy-button.tsx';
import { FailureBox } from './panel-state.tsx';
import { Mark } from './state-mark.tsx';

interface FormProps {
  /** What is being done to what; the form's name. */
  label: string;
  action: () => void;
  pending: boolean;
  /** What sending is called; "Save" unless told. */
  submit?: string;
  /** Why it cannot be sent (yet). */
  why?: string | undefined;
  onCancel?: () => void;
  /** A refusal that belongs to no single field. */
  failure?: Failure | undefined;
  /** `DraftNote`, or what sending will do. */
  note?: ReactNode;
  children: ReactNode;
}
/** Fields and one button; a refusal moves the focus to the first refused field. */
export function Form({ label, action, pending, submit = words.ui.save, why, onCancel, failure, note, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const wasPending = useRef(false);
  useEffect(() => {
    if (wasPending.current && !pending) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    wasPending.current = pending;
  }, [pending]);
  return (
    <form
      ref={form}
      aria-label={label}
      className={css['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (pending) return;
        if (why === undefined) action();
        else form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      }}
    >
      {children}
      {failure && <FormFailure failure={failure} />}
      {note}
      <footer className={css['foot']}>
        {onCancel && <Button onClick={onCancel}>{words.ui.cancel}</Button>}
        <Button type="submit" variant="primary" pending={pending} why={why}>
          {submit}
        </Button>
      </footer>
    </form>
  );
}
/** A refusal inside a form or dialog. */
export function FormFailure({ failure }: { failure: Failure }) {
  return (
    <div className={css['failure']} role="alert">
      <p className={css['failureTitle']}>
        <Mark kind="bad" /> {failure.title}
      </p>
      <p className="secondary">{failure.detail}</p>
      <FailureBox failure={failure} />
      <div>
        <CopyButton text={failure.report} label={words.ui.copyEverything} what={words.ui.errorReport} />
      </div>
    </div>
  );
}

/** What `useDraft` gives. */
export interface NotedDraft {
  rest: DraftRest;
  stranding: Stranding | undefined;
  savedAt: string | undefined;
  restored: boolean;
  discard: () => void;
}
/** Where what is typed rests, and the way to give it up. */
export function DraftNote({ draft: { rest, stranding = 'refused', savedAt, restored, discard } }: { draft: NotedDraft }) {
  const isStranded = rest === 'stranded';
  return (
    <div className={css['draft']} data-rest={rest}>
      <output>
        {isStranded && <Mark kind="warn" />}{' '}
        {isStranded ? words.ui.draft.pageOnly[stranding] : restored && rest !== 'none' && words.ui.draft.restored}
      </output>
      {/* Not spoken: it is kept again every few seconds while one types. */}
      {rest === 'saved' && savedAt !== undefined && <span>{words.ui.draft.saved(clockTime(savedAt))}</span>}
      {rest !== 'none' && (
        <button type="button" className="link" onClick={discard}>
          {words.ui.draft.discard}
        </button>
      )}
    </div>
  );
}
