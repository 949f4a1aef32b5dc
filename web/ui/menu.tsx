import type { KeyboardEvent, MouseEvent, ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import float from './float.module.css';
import { CheckIcon } from './icons.tsx';
import { Link } from './link.tsx';
import { type Align, closePopover, Popover, type PopoverButtonProps } from './popover.tsx';

export type MenuEntry =
  | { kind?: 'action'; label: string; icon?: ReactNode; onSelect: () => void; why?: string | undefined; danger?: boolean }
  | { kind: 'link'; label: string; icon?: ReactNode; href: string }
  | { kind: 'choice'; label: string; icon?: ReactNode; chosen: boolean; onSelect: () => void }
  | { kind: 'heading'; label: string }
  | { kind: 'line' }
  /** Facts at the top of a menu: not to be chosen. */
  | { kind: 'note'; content: ReactNode };

interface MenuProps {
  /** The button that opens it and names it: a `Button`, an `IconButton` or a plain one. */
  target: ReactElement<Partial<PopoverButtonProps>>;
  entries: readonly MenuEntry[];
  /** Which edge lines up with the button. */
  align?: Align;
}
/** Actions, links and choices behind a button; what may not be chosen stays there and says why. */
export function Menu({ target, entries, align = 'end' }: MenuProps) {
  return (
    <Popover target={target} kind="menu" align={align}>
      {entries.map((entry) => (
        <Entry key={keyOf(entry)} entry={entry} />
      ))}
    </Popover>
  );
}
const keyOf = (entry: MenuEntry) => ('label' in entry ? `${entry.kind} ${entry.label}` : (entry.kind ?? ''));

/** ↑ ↓ Home End walk the items, a letter goes to the next that begins with it, Tab leaves. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Tab') return closePopover(event.currentTarget);
  const items = [...(event.currentTarget.closest('[role=menu]')?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  const at = items.indexOf(event.currentTarget);
  const byLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ';
  const next = byLetter
    ? [...items.slice(at + 1), ...items.slice(0, at)].find((item) =>
        item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()),
      )
    : { ArrowDown: items[(at + 1) % items.length], ArrowUp: items.at(at - 1), Home: items[0], End: items.at(-1) }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'heading':
      return <div className={float['label']}>{entry.label}</div>;
    case 'line':
      return <hr className={float['divider']} />;
    case 'note':
      return <div className={float['label']}>{entry.content}</div>;
    case 'link':
      return (
        <Link role="menuitem" tabIndex={-1} href={entry.href} className={float['item']} onKeyDown={walk} onClick={close}>
          {entry.icon}
          {entry.label}
        </Link>
      );
    case 'choice':
      return (
        <button
          type="button"
          role="menuitemradio"
          aria-checked={entry.chosen}
          tabIndex={-1}
          className={float['item']}
          onKeyDown={walk}
          onClick={select(entry.onSelect)}
        >
          {entry.icon}
          <span className={float['grow']}>{entry.label}</span>
          {entry.chosen && <CheckIcon />}
        </button>
      );
    default: {
      const { why, danger = false, onSelect } = entry;
      return (
        <button
          type="button"
          role="menuitem"
          aria-disabled={why !== undefined || undefined}
          tabIndex={-1}
          className={classes(float['item'], danger && why === undefined && float['danger'])}
          onKeyDown={walk}
          onClick={why === undefined ? select(onSelect) : undefined}
        >
          {entry.icon}
          <span className={float['grow']}>
            {entry.label}
            {why !== undefined && <span className={float['why']}>{why}</span>}
          </span>
        </button>
      );
    }
  }
}
const close = (event: MouseEvent) => closePopover(event.currentTarget);
/** Closed first, so that the focus is back at the button before a dialog takes it. */
const select = (then: () => void) => (event: MouseEvent) => {
  closePopover(event.currentTarget);
  then();
};
