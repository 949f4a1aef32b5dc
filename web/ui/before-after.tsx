import { fieldDiff } from '#web/lib/diff.ts';
import { words } from '#web/lib/words/index.ts';
import css from './before-after.module.css';
import { classes } from './classes.ts';

const spoken = { ' ': '', '-': words.ui.removed, '+': words.ui.added } as const;
const tones = { ' ': undefined, '-': 'removed', '+': 'added' } as const;

/** What a change did to the fields of one thing: − and +, the changed part marked. */
export function BeforeAfter({ before, after }: { before: unknown; after: unknown }) {
  return (
    <ul className={css['diff']}>
      {fieldDiff(before, after).map(({ sign, field, parts: [start, changed, end] }) => (
        <li key={`${sign}${field}`} className={classes(tones[sign] && css[tones[sign]])}>
          <span className={css['sign']} aria-hidden="true">
            {sign === '-' ? '−' : sign}
          </span>
          <span className="vh">{spoken[sign]} </span>
          <span>
            {field !== '' && <b>{field}: </b>}
            {start}
            {changed !== '' && <mark>{changed}</mark>}
            {end}
          </span>
        </li>
      ))}
    </ul>
  );
}
/** How many fields differ, of how many. */
export function countFields(before: unknown, after: unknown): { changed: number; all: number } {
  const lines = fieldDiff(before, after);
  const changed = new Set(lines.filter(({ sign }) => sign !== ' ').map(({ field }) => field)).size;
  return { changed, all: new Set(lines.map(({ field }) => field)).size };
}
