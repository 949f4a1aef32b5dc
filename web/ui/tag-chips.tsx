import { useLayoutEffect, useRef } from 'react';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import { Label } from './label.tsx';
import css from './tag-set.module.css';

interface Chip {
  id: string;
  text: string;
}
interface TagChipsProps {
  label: string;
  chips: readonly Chip[];
  /** Taken off during this visit: each stays in sight with its way back. */
  removed: readonly Chip[];
  onRemove: (id: string) => void;
  onRestore: (id: string) => void;
  /** Why nothing can be taken off. */
  why: string | undefined;
  whyNotRestore: string | undefined;
}
export function TagChips({ label, chips, removed, onRemove, onRestore, why, whyNotRestore }: TagChipsProps) {
  const list = useRef<HTMLUListElement>(null);
  // The button that was pressed goes with the change; the focus then goes to the one that takes it back.
  const pressed = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (pressed.current === undefined || document.activeElement !== document.body) return;
    const chip = Array.from(list.current?.children ?? []).find(
      (item) => item instanceof HTMLElement && item.dataset['chip'] === pressed.current,
    );
    pressed.current = undefined;
    chip?.querySelector('button')?.focus();
  });
  const press = (id: string, then: (id: string) => void) => {
    pressed.current = id;
    then(id);
  };
  return (
    <ul ref={list} className={css['chips']} aria-label={label}>
      {chips.map(({ id, text }) => (
        <li key={id} data-chip={id}>
          <Label text={text} onRemove={() => press(id, onRemove)} why={why} />
        </li>
      ))}
      {removed.map(({ id, text }) => (
        <li key={`removed ${id}`} data-chip={id} className={css['removed']}>
          <del>{text}</del>
          <Button
            size="small"
            variant="ghost"
            why={whyNotRestore}
            aria-label={words.agents.restore(text)}
            onClick={() => press(id, onRestore)}
          >
            {words.agents.undo}
          </Button>
        </li>
      ))}
    </ul>
  );
}
