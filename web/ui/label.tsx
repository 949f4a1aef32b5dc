import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { CloseIcon } from './icons.tsx';
import css from './label.module.css';
import { words } from '#web/lib/words/index.ts';

/** A label or an annotation (`name = value`) as the broker spells it. */
export function Label({ text, onRemove, why }: { text: string; onRemove?: () => void; why?: string | undefined }) {
  return (
    <span className={classes(css['label'], onRemove && css['removable'])} title={text}>
      <span className={css['text']}>{text}</span>
      {onRemove && (
        <button
          type="button"
          className={css['remove']}
          aria-label={words.ui.removeValue(text)}
          aria-disabled={why !== undefined || undefined}
          title={why}
          onClick={() => {
            if (why === undefined) onRemove();
          }}
        >
          <CloseIcon />
        </button>
      )}
    </span>
  );
}
/** Whole labels, as many as fit the count, then how many more; none clips in the middle. */
export function Labels({ labels, limit = 2, none }: { labels: readonly string[]; limit?: number; none?: ReactNode }) {
  if (labels.length === 0) return none ?? null;
  const rest = labels.slice(limit);
  return (
    <span className={css['row']}>
      {labels.slice(0, limit).map((text) => (
        <Label key={text} text={text} />
      ))}
      {rest.length > 0 && (
        <span className={css['more']} title={rest.join('\n')}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}
