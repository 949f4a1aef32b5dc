import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { words } from '#web/lib/words/index.ts';
import { IconButton } from './button.tsx';
import { CloseIcon } from './icons.tsx';
import css from './peek-drawer.module.css';

interface PeekDrawerProps {
  title: string;
  /** After the title: an age, a state. */
  aside?: ReactNode;
  /** In the head: copy, open. */
  tools?: ReactNode;
  onClose: () => void;
  /** ↑ and ↓ walk the rows behind it. */
  onWalk?: (step: 1 | -1) => void;
  /** "5 of 20". */
  place?: string;
  children: ReactNode;
}
/** One row of a list in full, over its right side; the list stays and so does the strip. Mount it while it is open. */
export function PeekDrawer({ title, aside, tools, onClose, onWalk, place, children }: PeekDrawerProps) {
  const drawer = useRef<HTMLElement>(null);
  const press = useEffectEvent((event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    // Within a control the arrows are its own.
    else if (step !== undefined && onWalk && event.target === drawer.current) {
      event.preventDefault();
      onWalk(step);
    }
  });
  useEffect(() => {
    const before = document.activeElement;
    const element = drawer.current;
    const onKey = (event: KeyboardEvent) => press(event);
    element?.focus();
    element?.addEventListener('keydown', onKey);
    return () => {
      element?.removeEventListener('keydown', onKey);
      // Back to the row it came from, unless the person has moved on.
      const isNowhere = document.activeElement === document.body || document.activeElement === null;
      if (before instanceof HTMLElement && before.isConnected && isNowhere) before.focus();
    };
  }, []);
  return (
    <aside ref={drawer} className={css['drawer']} aria-label={title} tabIndex={-1}>
      <header className={css['head']}>
        <h2>{title}</h2>
        {aside}
        <span className={css['tools']}>
          {tools}
          <IconButton label={words.ui.close} onClick={onClose}>
            <CloseIcon />
          </IconButton>
        </span>
      </header>
      <div className={css['body']}>{children}</div>
      <footer className={css['foot']}>
        <span>{place}</span>
        <span className={css['keys']} aria-hidden="true">
          {onWalk && (
            <>
              <kbd>↑</kbd> <kbd>↓</kbd> {words.ui.rowsWalk}
            </>
          )}{' '}
          <kbd>Esc</kbd> {words.ui.closes}
        </span>
      </footer>
    </aside>
  );
}
