import { useEffect, useState } from 'react';
import type { Failure } from '#web/lib/failure.ts';
import { words } from '#web/lib/words/index.ts';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';
import { CopyButton } from './copy-button.tsx';
import { CloseIcon } from './icons.tsx';
import { Mark } from './state-mark.tsx';
import css from './toasts.module.css';

export interface ToastView {
  id: number;
  kind: 'success' | 'failure';
  title: string;
  failure: Failure | undefined;
  count: number;
}
const successMs = 6000;

/** What just happened. Successes leave by themselves, failures when dismissed; both are read aloud. */
export function Toasts({ toasts, onDismiss }: { toasts: readonly ToastView[]; onDismiss: (id: number) => void }) {
  // Told again, it starts anew: its time, and its being spoken.
  const shown = (wanted: ToastView['kind']) =>
    toasts
      .filter(({ kind }) => kind === wanted)
      .map((toast) => <Toast key={`${toast.id} ${toast.count}`} toast={toast} onDismiss={onDismiss} />);
  return (
    <section className={css['region']} aria-label={words.ui.notifications}>
      {/* Two live regions that are always there: only what is added to them is spoken. */}
      <output className={css['stack']}>{shown('success')}</output>
      <div role="alert" className={css['stack']}>
        {shown('failure')}
      </div>
    </section>
  );
}

function Toast({ toast, onDismiss }: { toast: ToastView; onDismiss: (id: number) => void }) {
  const { id, kind, title, failure, count } = toast;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (kind !== 'success' || held) return;
    const timer = setTimeout(() => onDismiss(id), successMs);
    return () => clearTimeout(timer);
  }, [id, kind, held, onDismiss]);
  return (
    <div
      className={classes(css['toast'], css[kind])}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Mark kind={kind === 'success' ? 'ok' : 'bad'} />
      <div className={css['body']}>
        <p className={css['title']}>{title}</p>
        {failure && (
          <>
            <p className={css['detail']}>{failure.detail}</p>
            <p className={css['code']}>{[failure.code, failure.requestId].filter(Boolean).join(', ')}</p>
          </>
        )}
        {count > 1 && <p className="caption">{words.ui.sameCause(count)}</p>}
        {failure && <CopyButton text={failure.report} label={words.ui.copyEverything} what={words.ui.errorReport} />}
      </div>
      <IconButton label={words.ui.dismiss} onClick={() => onDismiss(id)}>
        <CloseIcon />
      </IconButton>
    </div>
  );
}
