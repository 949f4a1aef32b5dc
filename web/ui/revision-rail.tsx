import type { ReactNode } from 'react';
import { words } from '#web/lib/words/index.ts';
import { Age } from './age.tsx';
import { Button, IconButton } from './button.tsx';
import { classes } from './classes.ts';
import { CompareIcon, LeftIcon, RightIcon } from './icons.tsx';
import { Link } from './link.tsx';
import css from './revision-rail.module.css';

export interface RailStop {
  id: string;
  number: string;
  at: string;
  ageMs: number;
  /** "current", "deletion marker". */
  tag?: string | undefined;
  /** The second line, at its two ends. */
  note: ReactNode;
  end?: ReactNode;
  href: string;
  current: boolean;
  /** Its drawer is open. */
  opened: boolean;
}
interface RevisionRailProps {
  title: string;
  total: number;
  stops: readonly RailStop[];
  /** Numbers of the first and last stop among all, and the way to those before and after. */
  range: { from: number; to: number; onNewer: (() => void) | undefined; onOlder: (() => void) | undefined };
  foot?: ReactNode;
  /** Two of them are picked one after the other; the first is kept here, also while its page is not shown. */
  comparing: { first: { id: string; number: string } | undefined; pick: (id: string, number: string) => void; stop: () => void };
}
/** Revisions down a line, newest first; the filled dot is the current one. */
export function RevisionRail({ title, total, stops, range, foot, comparing: { first, pick, stop } }: RevisionRailProps) {
  const say = words.stack.revisions;
  const isPaged = range.onNewer !== undefined || range.onOlder !== undefined;
  return (
    <section className={css['rail']} aria-label={title}>
      <header className={css['head']}>
        <h2>{title}</h2>
        {first === undefined ? (
          <span className={css['total']}>{total}</span>
        ) : (
          <span className={css['comparing']}>
            <output>{say.comparing(first.number)}</output>
            <Button size="small" variant="ghost" onClick={stop}>
              {words.ui.cancel}
            </Button>
          </span>
        )}
      </header>
      <ol data-comparing={first !== undefined || undefined}>
        {stops.map(({ id, number, at, ageMs, tag, note, end, href, current, opened }) => (
          <li key={id} className={classes(css['stop'], current && css['current'], opened && css['opened'])}>
            <Link href={href} className={css['link']} aria-current={current ? 'page' : undefined}>
              <i className={css['dot']} aria-hidden="true" />
              <span className={css['first']}>
                <span className={css['number']}>{number}</span>
                {tag !== undefined && <span className="caption">{tag}</span>}
                <span className={css['age']}>
                  <Age at={at} ageMs={ageMs} />
                </span>
              </span>
              <span className={css['second']}>
                <span className={css['note']}>{note}</span>
                {end}
              </span>
            </Link>
            {total > 1 && (
              <span className={css['tool']}>
                <IconButton
                  label={first === undefined || first.id === id ? say.compareOne(number) : say.compareOther(first.number, number)}
                  aria-pressed={first?.id === id}
                  onClick={() => pick(id, number)}
                >
                  <CompareIcon />
                </IconButton>
              </span>
            )}
          </li>
        ))}
      </ol>
      {isPaged && (
        <nav className={css['pages']} aria-label={words.ui.pagination}>
          <span>{say.range(range.from, range.to, total)}</span>
          <IconButton
            label={say.newer}
            why={range.onNewer === undefined ? words.ui.firstPage : undefined}
            onClick={() => range.onNewer?.()}
          >
            <LeftIcon />
          </IconButton>
          <IconButton label={say.older} why={range.onOlder === undefined ? words.ui.lastPage : undefined} onClick={() => range.onOlder?.()}>
            <RightIcon />
          </IconButton>
        </nav>
      )}
      {foot !== undefined && <p className={css['foot']}>{foot}</p>}
    </section>
  );
}
