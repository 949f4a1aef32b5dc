import { Brand } from './brand.tsx';
import css from './shell.module.css';

/** The frame without a person in it: what `index.html` shows before the first script, kept until the session is known. */
export function ShellSkeleton() {
  return (
    <div className={css['shell']} aria-busy="true">
      <div className={css['side']}>
        <Brand />
      </div>
      <div className={css['top']} />
      <div className={css['main']} />
    </div>
  );
}
