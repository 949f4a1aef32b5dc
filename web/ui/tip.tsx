import { type ReactNode, useEffect, useRef, useState } from 'react';
import float from './float.module.css';
import { placeBeside } from './popover.tsx';

const openAfterMs = 150;
/** Long enough to move the pointer from the control onto the words. */
const closeAfterMs = 120;

/**
 * Words on hover and focus, where there are any; Escape takes them away. They say nothing a screen reader does not already get
 * from the control, which stays the same element when words come and go, and so keeps the focus.
 */
export function Tip({ text, children }: { text: string | undefined; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const around = useRef<HTMLSpanElement>(null);
  const hasWords = text !== undefined;
  useEffect(() => {
    if (!hasWords) return;
    const element = around.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = (open: boolean, afterMs: number) => () => {
      clearTimeout(timer);
      timer = setTimeout(() => setOpen(open), afterMs);
    };
    const gone = new AbortController();
    const on = (type: string, listener: (event: Event) => void) => element?.addEventListener(type, listener, { signal: gone.signal });
    on('mouseenter', turn(true, openAfterMs));
    on('mouseleave', turn(false, closeAfterMs));
    on('focusin', turn(true, openAfterMs));
    on('focusout', turn(false, 0));
    on('keydown', (event) => {
      if (event instanceof KeyboardEvent && event.key === 'Escape') turn(false, 0)();
    });
    return () => {
      clearTimeout(timer);
      gone.abort();
      setOpen(false);
    };
  }, [hasWords]);
  return (
    <span ref={around} className={float['tipped']}>
      {children}
      {isOpen && hasWords && (
        <span className={float['tooltip']} role="tooltip" popover="manual" ref={show}>
          {text}
        </span>
      )}
    </span>
  );
}
/** The words stand in the top layer, beside the control before them. */
function show(words: HTMLElement | null): void {
  const control = words?.previousElementSibling;
  if (!words || !control) return;
  words.showPopover();
  placeBeside(control, words, 'start');
}
