import type { ReactNode } from 'react';
import type { MarkKind } from '#web/lib/state-vocabulary.ts';
import css from './cause-note.module.css';
import { classes } from './classes.ts';
import { Mark } from './state-mark.tsx';

interface NoteProps {
  kind: MarkKind;
  /** What is wrong, as a sentence. */
  title: ReactNode;
  /** Why, and what it means. */
  children?: ReactNode;
  /** The next step, beside the cause. */
  actions?: ReactNode;
}
/** The cause, said before the facts, with the next step beside it. */
export function CauseNote({ kind, title, children, actions }: NoteProps) {
  return (
    <div className={classes(css['note'], css[kind])}>
      <Mark kind={kind} />
      <div className={css['body']}>
        <p className={css['title']}>{title}</p>
        {children !== undefined && <div className={css['text']}>{children}</div>}
      </div>
      {actions !== undefined && <div className={css['actions']}>{actions}</div>}
    </div>
  );
}
interface BannerProps extends NoteProps {
  /** Spoken when it appears. */
  live?: boolean;
}
/** Above what it is about: one line across a screen. */
export function Banner({ live = false, ...note }: BannerProps) {
  return (
    <div className={css['banner']} role={live ? 'status' : undefined}>
      <CauseNote {...note} />
    </div>
  );
}
