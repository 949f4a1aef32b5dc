import type { ReactNode } from 'react';
import css from './facts.module.css';

export interface Fact {
  term: string;
  /** Anything inline. */
  fact: ReactNode;
  /** Small, after it. */
  note?: ReactNode;
}
/** A definition grid: four facts to a line, fewer where they do not fit. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={css['facts']}>
      {facts.map(({ term, fact, note }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
            {fact}
            {note !== undefined && <span className="caption">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
/** Term and fact on one line, for drawers. */
export function FactLines({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={css['lines']}>
      {facts.map(({ term, fact, note }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
            {fact}
            {note !== undefined && <span className="caption">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
