import type { ReactNode } from 'react';
import { words } from '#web/lib/words/index.ts';
import css from './thumb-bar.module.css';

/** What is done most on this screen, along the lower edge of a phone, where a thumb reaches. */
export function ThumbBar({ children }: { children: ReactNode }) {
  return (
    <fieldset className={css['bar']} aria-label={words.ui.thumbs}>
      {children}
    </fieldset>
  );
}
