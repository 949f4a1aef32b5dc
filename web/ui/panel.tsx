import type { ReactNode } from 'react';
import { Age, Moment } from './age.tsx';
import { classes } from './classes.ts';
import { PageHead } from './page-head.tsx';
import css from './panel.module.css';
import { momentOf } from '#web/lib/time.ts';
import { ThumbBar } from './thumb-bar.tsx';
import { useIsNarrow } from './use-width.ts';

interface PanelProps {
  title: string;
  /** "38 of 1,204 agents": beside the title, before the age. */
  total?: ReactNode;
  /** Server time of the data, and its age when it left the server. */
  asOf?: string | undefined;
  ageMs?: number | undefined;
  actions?: ReactNode;
  /** Above everything: a `Banner`. */
  banner?: ReactNode;
  children: ReactNode;
}
/** The frame of a list screen: head, filters, a table that scrolls inside itself, the strip at the bottom. */
export function Panel({ title, total, asOf, ageMs = 0, actions, banner, children }: PanelProps) {
  return (
    <section className={css['list']}>
      {banner}
      <PageHead
        title={title}
        aside={
          <span>
            {total}
            {asOf !== undefined && (
              <>
                {total !== undefined && ' · '}
                <Age at={asOf} ago />
              </>
            )}
          </span>
        }
        actions={actions}
      />
      {/* Always there: wrapped only once data came, everything inside would begin anew, with what was typed and under way lost. */}
      <Moment at={asOf === undefined ? undefined : momentOf({ asOf, ageMs })}>{children}</Moment>
    </section>
  );
}
interface DetailPageProps {
  head: ReactNode;
  /** On a phone: what the head offers elsewhere. */
  thumbs?: ReactNode;
  children: ReactNode;
}
/** The frame of a detail screen, which scrolls as a page. */
export function DetailPage({ head, thumbs, children }: DetailPageProps) {
  const isNarrow = useIsNarrow();
  return (
    <section className={css['detail']}>
      {head}
      {children}
      {isNarrow && thumbs !== undefined && <ThumbBar>{thumbs}</ThumbBar>}
    </section>
  );
}

interface CardProps {
  title: string;
  /** Beside the title: a count, an age. */
  aside?: ReactNode;
  actions?: ReactNode;
  /** Rows and tables touch the edge; prose does not. */
  flush?: boolean;
  children: ReactNode;
}
/** One bordered panel of a detail page. */
export function Card({ title, aside, actions, flush = false, children }: CardProps) {
  return (
    <section className={css['card']} aria-label={title}>
      <header className={css['cardHead']}>
        <h2>{title}</h2>
        {aside !== undefined && <span className="caption">{aside}</span>}
        {actions !== undefined && <span className={css['end']}>{actions}</span>}
      </header>
      <div className={classes(!flush && css['cardBody'])}>{children}</div>
    </section>
  );
}
