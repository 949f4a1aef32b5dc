import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { words } from '#web/lib/words/index.ts';
import { IconButton } from './button.tsx';
import css from './dialog.module.css';
import { Mantine } from './mantine.tsx';
import { CloseIcon } from './icons.tsx';

interface DialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  /** No way round it: neither Escape nor a click beside it closes, and there is no ×. */
  firm?: boolean;
  children: ReactNode;
}
const parts = { root: css['root'] ?? '', inner: css['inner'] ?? '', overlay: css['overlay'] ?? '', content: css['content'] ?? '' };

/** One decision over the page, at most 560 px wide; focus stays in it and returns where it came from. */
export function Dialog({ open, title, onClose, firm = false, children }: DialogProps) {
  useEscape(open, () => {
    if (!firm) onClose();
  });
  return (
    <Mantine>
      <Modal.Root
        opened={open}
        onClose={onClose}
        classNames={parts}
        closeOnEscape={false}
        closeOnClickOutside={false}
        lockScroll={false}
        transitionProps={{ duration: 0 }}
      >
        <Modal.Overlay />
        <Modal.Content>
          <div className={css['head']}>
            <Modal.Title className={css['title']}>{title}</Modal.Title>
            {!firm && (
              <IconButton label={words.ui.close} onClick={onClose}>
                <CloseIcon />
              </IconButton>
            )}
          </div>
          <div className={css['body']}>{children}</div>
        </Modal.Content>
      </Modal.Root>
    </Mantine>
  );
}
/** Dialogs that are open, the topmost last: Escape is for that one alone. */
const opened: object[] = [];
function useEscape(open: boolean, close: () => void): void {
  const press = useEffectEvent(close);
  useEffect(() => {
    if (!open) return;
    const me = {};
    opened.push(me);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && opened.at(-1) === me && !isForSomethingInside(event)) press();
    };
    // Before anything inside hears of it and closes what would have told that it was open.
    addEventListener('keydown', onKey, { capture: true });
    return () => {
      removeEventListener('keydown', onKey, { capture: true });
      opened.splice(opened.indexOf(me), 1);
    };
  }, [open]);
}
/** A menu, a tooltip or a list of options that is open takes the Escape for itself. */
function isForSomethingInside({ target }: KeyboardEvent): boolean {
  return (
    document.querySelector(':popover-open') !== null || (target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true')
  );
}
/** The buttons of a dialog: what stands at the right end is the safe one. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <footer className={css['foot']}>{children}</footer>;
}
