import { useRef, useState } from 'react';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import { CheckIcon, CopyIcon } from './icons.tsx';
import css from './id.module.css';

/** Puts text on the clipboard and says so for two seconds, to eyes and screen readers. */
export function useCopy(): { copied: 'yes' | 'no' | undefined; copy: (text: string) => Promise<boolean> } {
  const [copied, setCopied] = useState<'yes' | 'no'>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return {
    copied,
    async copy(text) {
      // The clipboard API exists on https and localhost only; elsewhere the text is selected by hand.
      const done = await (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
        () => true,
        () => false,
      );
      clearTimeout(timer.current);
      setCopied(done ? 'yes' : 'no');
      timer.current = setTimeout(() => setCopied(undefined), 2000);
      return done;
    },
  };
}

function Said({ copied, what }: { copied: 'yes' | 'no' | undefined; what: string }) {
  return <output className="vh">{copied === 'yes' ? words.ui.copied(what) : copied === 'no' ? words.ui.notCopied : ''}</output>;
}

/** A small copy icon beside what it copies. */
export function CopyIconButton({ text, what }: { text: string; what: string }) {
  const { copied, copy } = useCopy();
  return (
    <button
      type="button"
      className={css['copy']}
      aria-label={words.ui.copy(what)}
      title={copied === 'no' ? words.ui.notCopied : words.ui.copy(what)}
      onClick={() => void copy(text)}
    >
      {copied === 'yes' ? <CheckIcon /> : <CopyIcon />}
      <Said copied={copied} what={what} />
    </button>
  );
}
/** The same as a button with words. */
export function CopyButton({ text, label, what }: { text: string; label: string; what: string }) {
  const { copied, copy } = useCopy();
  return (
    <Button size="small" variant="ghost" icon={copied === 'yes' ? <CheckIcon /> : <CopyIcon />} onClick={() => void copy(text)}>
      {label}
      <Said copied={copied} what={what} />
    </Button>
  );
}
