import { cloneElement, type ReactElement, type ReactNode, type ToggleEvent, useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { classes } from './classes.ts';
import float from './float.module.css';

export type Align = 'start' | 'end';
const gap = 4;
const margin = 8;

/** Puts what floats under its anchor, above it where there is more room, and always inside the window. */
export function placeBeside(anchor: Element, floating: HTMLElement, align: Align): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const left = align === 'start' ? at.left : at.right - width;
  const below = at.bottom + gap;
  const above = at.top - gap - height;
  const top = below + height > innerHeight - margin && above >= margin ? above : below;
  floating.style.left = `${Math.max(margin, Math.min(left, innerWidth - width - margin))}px`;
  floating.style.top = `${Math.max(margin, Math.min(top, innerHeight - height - margin))}px`;
}

/** What the button that opens it is given: the browser ties both together, also for closing and for the focus. */
export interface PopoverButtonProps {
  id: string;
  popoverTarget: string;
  'aria-expanded': boolean;
  'aria-haspopup': 'menu' | 'dialog';
  'aria-controls': string | undefined;
}
/** From anything inside: the popover it is in. */
export const closePopover = (inside: Element): void => inside.closest<HTMLElement>('[popover]')?.hidePopover();

const anchorOf = (id: string) => document.querySelector(`[popovertarget="${id}"]`);

interface PopoverProps {
  /** The button that opens it; spreads `PopoverButtonProps` onto its element. */
  target: ReactElement<Partial<PopoverButtonProps>>;
  kind: 'menu' | 'dialog';
  align?: Align;
  /** Rendered while it is open. */
  children: ReactNode;
}
/** Floats above everything, closes on Escape and on a click elsewhere, gives the focus back: the browser's own popover. */
export function Popover({ target, kind, align = 'start', children }: PopoverProps) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    const place = () => {
      const beside = anchorOf(id);
      if (panel.current && beside) placeBeside(beside, panel.current, align);
    };
    // What is chosen inside may need more room than what was there to choose from.
    const growth = new ResizeObserver(place);
    if (panel.current) growth.observe(panel.current);
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      growth.disconnect();
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  }, [isOpen, id, align]);
  const prepare = ({ newState, currentTarget }: ToggleEvent<HTMLDivElement>) => {
    // The content must be there before it is shown, measured and focused.
    if (newState !== 'open') return;
    flushSync(() => setOpen(true));
    const first = currentTarget.querySelector('[data-first], [role^=menuitem], button, input');
    first?.setAttribute('autofocus', '');
  };
  const settle = ({ newState, currentTarget }: ToggleEvent<HTMLDivElement>) => {
    if (newState === 'closed') {
      delete currentTarget.dataset['placed'];
      return setOpen(false);
    }
    const beside = anchorOf(id);
    if (beside) placeBeside(beside, currentTarget, align);
    currentTarget.dataset['placed'] = '';
  };
  return (
    <>
      {cloneElement(target, {
        id: `${id}-button`,
        popoverTarget: id,
        'aria-expanded': isOpen,
        'aria-haspopup': kind,
        'aria-controls': isOpen ? id : undefined,
      })}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role={kind}
        aria-labelledby={`${id}-button`}
        className={classes(float['dropdown'], isOpen && float['open'])}
        onBeforeToggle={prepare}
        onToggle={settle}
      >
        {isOpen && children}
      </div>
    </>
  );
}
