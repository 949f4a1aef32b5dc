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
  /** Why nothing can be changed. */
  why: string | undefined;
}
export function TagChips({ label, chips, removed, onRemove, onRestore, why }: TagChipsProps) {
  return (
    <ul className={css['chips']} aria-label={label}>
      {chips.map(({ id, text }) => (
        <li key={id}>
          <Label text={text} onRemove={() => onRemove(id)} why={why} />
        </li>
      ))}
      {removed.map(({ id, text }) => (
        <li key={`removed ${id}`} className={css['removed']}>
          <del>{text}</del>
          <Button size="small" variant="ghost" aria-label={words.agents.restore(text)} onClick={() => onRestore(id)}>
            {words.agents.undo}
          </Button>
        </li>
      ))}
    </ul>
  );
}
