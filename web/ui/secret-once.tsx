import { type ReactNode, useEffect, useState } from 'react';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import { useCopy } from './copy-button.tsx';
import { Dialog, DialogFoot } from './dialog.tsx';
import { CheckIcon, CopyIcon } from './icons.tsx';
import css from './secret-once.module.css';
import { Mark } from './state-mark.tsx';

interface SecretOnceProps {
  /** Undefined when nothing is to be shown. The owner forgets it in `onClose`; nothing here keeps it. */
  secret: string | undefined;
  title: string;
  /** What it is called in speech: "Key of edge-runner". */
  what: string;
  /** What to do with it, and what else is needed. */
  children?: ReactNode;
  /** Closed for good, by a person: drop the secret now. */
  onClose: () => void;
  /** For a guard over navigation: it was copied, or selected by hand. */
  onTaken?: () => void;
}
/** Shows a secret exactly once and does not let it be lost by accident. */
export function SecretOnce({ secret, title, onClose, ...rest }: SecretOnceProps) {
  return secret === undefined ? null : <Shown secret={secret} title={title} onClose={onClose} {...rest} />;
}

function Shown({ secret, title, what, children, onClose, onTaken }: SecretOnceProps & { secret: string }) {
  const [taken, setTaken] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { copied, copy } = useCopy();
  const take = () => {
    setTaken(true);
    setLeaving(false);
    onTaken?.();
  };
  useEffect(() => {
    if (taken) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', hold);
    return () => removeEventListener('beforeunload', hold);
  }, [taken]);
  const close = () => (taken ? onClose() : setLeaving(true));
  return (
    <Dialog open title={title} onClose={close}>
      <p className={css['once']}>
        <Mark kind="warn" /> {words.ui.secretOnce.shownOnce} {!taken && words.ui.secretOnce.copyFirst}
      </p>
      {/* Selecting it by hand counts as taking it: where there is no clipboard there is no other way. */}
      <textarea
        className={css['secret']}
        aria-label={what}
        readOnly
        rows={2}
        spellCheck={false}
        value={secret}
        onFocus={(event) => event.target.select()}
        onCopy={take}
      />
      {children !== undefined && <div className="secondary">{children}</div>}
      <output className="vh">{copied === 'yes' ? words.ui.secretOnce.keyCopied : ''}</output>
      {copied === 'no' && (
        <p className={css['warn']} role="alert">
          {words.ui.notCopied}
        </p>
      )}
      {leaving && (
        <p className={css['warn']} role="alert">
          {words.ui.secretOnce.reallyLeave}
        </p>
      )}
      <DialogFoot>
        {leaving ? (
          <>
            <Button variant="danger" onClick={onClose}>
              {words.ui.secretOnce.closeAnyway}
            </Button>
            <Button onClick={() => setLeaving(false)} focusFirst>
              {words.ui.secretOnce.keepOpen}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={close}>{words.ui.secretOnce.done}</Button>
            <Button
              variant="primary"
              focusFirst
              icon={copied === 'yes' ? <CheckIcon /> : <CopyIcon />}
              onClick={() => void copy(secret).then((done) => done && take())}
            >
              {copied === 'yes' ? words.ui.secretOnce.keyCopied : words.ui.secretOnce.copyKey}
            </Button>
          </>
        )}
      </DialogFoot>
    </Dialog>
  );
}
