import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './page-head.module.css';

interface PageHeadProps {
  title: string;
  /** The title is an identifier of the broker. */
  mono?: boolean;
  /** State, id, count and age: after the title, on its line. */
  aside?: ReactNode;
  actions?: ReactNode;
}
/** The one h1 of a screen; navigation puts the focus on it. */
export function PageHead({ title, mono = false, aside, actions }: PageHeadProps) {
  return (
    <header className={css['head']}>
      <h1 className={classes(css['title'], mono && css['mono'])} tabIndex={-1} title={mono ? title : undefined}>
        {mono ? <bdi>{title}</bdi> : title}
      </h1>
      {aside !== undefined && <div className={css['aside']}>{aside}</div>}
      {actions !== undefined && <div className={css['actions']}>{actions}</div>}
    </header>
  );
}
