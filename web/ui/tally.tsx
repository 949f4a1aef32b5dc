import { formatCount } from '#web/lib/numbers.ts';
import type { TallyPart } from '#web/lib/roll-up.ts';
import { was } from '#web/lib/words/en/states.ts';
import { useIsLastKnown } from './age.tsx';
import css from './tally.module.css';
import { Mark } from './state-mark.tsx';
import { useWidth } from './use-width.ts';

/** What was well when it was read counts among the last known. */
function aged(parts: readonly TallyPart[]): readonly TallyPart[] {
  const well = parts.find(({ kind }) => kind === 'ok');
  if (well === undefined) return parts;
  const stale = parts.find(({ kind }) => kind === 'stale');
  const known: TallyPart = {
    kind: 'stale',
    count: well.count + (stale?.count ?? 0),
    words: [stale?.words, was(well.words)].filter(Boolean).join(', '),
  };
  return [...parts.filter((part) => part !== well && part !== stale), known];
}

/** Counts with their marks, worst first; zeros are left out. */
export function Tally({ label, parts }: { label: string; parts: readonly TallyPart[] }) {
  const shown = useIsLastKnown() ? aged(parts) : parts;
  return (
    <ul className={css['tally']} aria-label={label}>
      {shown.map(({ kind, count, words }) => (
        <li key={kind} title={words} className={css[`of-${kind}`]}>
          <Mark kind={kind} />
          <span aria-hidden="true">{formatCount(count)}</span>
          <span className="vh">{words}</span>
        </li>
      ))}
    </ul>
  );
}

/** Of the counts' own style: 12.5 px mono, the mark and its gap, and the gap behind each. */
const part = { letterPx: 7.5, markPx: 16, gapPx: 10 };
const morePx = 16;
/** How many whole counts fit into `width`, the worst ones, with room to say that there are more; never less than one. */
export function partsThatFit(parts: readonly TallyPart[], width: number): number {
  let taken = 0;
  for (const [index, { count }] of parts.entries()) {
    taken += formatCount(count).length * part.letterPx + part.markPx;
    const rest = index < parts.length - 1 ? part.gapPx + morePx : 0;
    if (taken + rest > width) return Math.max(1, index);
    taken += part.gapPx;
  }
  return parts.length;
}
/** The same in a place of its own width: what has no room there is told on hover, and in speech. */
export function FittingTally({ label, parts }: { label: string; parts: readonly TallyPart[] }) {
  const [measure, width] = useWidth();
  const fitting = width === undefined ? 0 : partsThatFit(parts, width);
  const rest = parts.slice(fitting);
  return (
    <span ref={measure} className={css['fitting']}>
      {width !== undefined && <Tally label={label} parts={parts.slice(0, fitting)} />}
      {width !== undefined && rest.length > 0 && (
        <span className="muted" title={rest.map(({ words }) => words).join(', ')}>
          <span aria-hidden="true">…</span>
          <span className="vh">{rest.map(({ words }) => words).join(', ')}</span>
        </span>
      )}
    </span>
  );
}

const widthPx = 72;
/** The same as shares of a bar: a slice under 2 px is drawn at 2 px, so its numbers stand beside it. */
export function ShareBar({ parts }: { parts: readonly TallyPart[] }) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const wanted = parts.map(({ count }) => Math.max(2, (count / total) * widthPx));
  const scale = widthPx / wanted.reduce((sum, width) => sum + width, 0);
  const widths = wanted.map((width) => width * scale);
  const leftOf = (index: number) => widths.slice(0, index).reduce((sum, width) => sum + width, 0);
  return (
    <svg className={css['bar']} viewBox={`0 0 ${widthPx} 8`} width={widthPx} height="8" aria-hidden="true">
      {parts.map(({ kind }, index) => (
        <rect
          key={kind}
          className={css[`slice-${kind}`]}
          x={leftOf(index)}
          y="1"
          width={Math.max(1, (widths[index] ?? 0) - 1)}
          height="6"
          rx="1"
        />
      ))}
    </svg>
  );
}
