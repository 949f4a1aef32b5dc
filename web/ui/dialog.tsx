import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
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
  return (
    <Mantine>
     <Modal.Root opened={open} onClose={onClose} classNames={parts} closeOnEscape={!firm} closeOnClickOutside={false} lockScroll={false} transitionProps={{ duration: 0 }}>
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
/** The buttons of a dialog: what stands at the right end is the safe one. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <footer className={css['foot']}>{children}</footer>;
}
