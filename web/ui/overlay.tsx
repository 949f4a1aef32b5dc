import { type ReactNode, useLayoutEffect, useRef } from 'react';
import css from './overlay.module.css';

interface OverlayProps {
  label: string;
  onClose: () => void;
  children: ReactNode;
}
/** Over everything and alone with the keyboard: the browser's own modal dialog. Escape and a press beside it close; the focus goes back. */
export function Overlay({ label, onClose, children }: OverlayProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Closed before it leaves the page, so that the browser gives the focus back.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={css['overlay']}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={css['body']}>{children}</div>
    </dialog>
  );
}
