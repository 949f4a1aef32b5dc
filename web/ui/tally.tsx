import { formatCount } from '#web/lib/numbers.ts';
import type { TallyPart } from '#web/lib/roll-up.ts';
import { was } from '#web/lib/words/en/states.ts';
import { useIsLastKnown } from './age.tsx';
import css from './tally.module.css';
import { Mark } from './state-mark.tsx';

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
