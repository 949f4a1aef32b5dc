import { classes } from './classes.ts';
import css from './latency-strip.module.css';

export interface Minute {
  /** Null: measured, but not by time. */
  latencyMs: number | null;
  tone: 'ok' | 'warn' | 'bad';
}
interface LatencyStripProps {
  label: string;
  /** Oldest first; null where nothing was measured. */
  minutes: readonly (Minute | null)[];
  /** End of the scale. */
  maxMs: number;
}
const heightPx = 20;
/** One bar a minute on a stated scale; a minute that nobody measured is a hole, not a zero. */
export function LatencyStrip({ label, minutes, maxMs }: LatencyStripProps) {
  return (
    <svg
      className={css['strip']}
      viewBox={`0 0 ${minutes.length * 3} ${heightPx}`}
      preserveAspectRatio="none"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn in place, so that it takes the theme's colours
      role="img"
      aria-label={label}
    >
      {minutes.map((minute, at) =>
        minute === null ? (
          <rect key={at} className={css['gap']} data-gap x={at * 3} y="0" width="3" height={heightPx} />
        ) : (
          <rect key={at} className={classes(css['bar'], css[minute.tone])} x={at * 3} width="2" {...barOf(minute, maxMs)} />
        ),
      )}
    </svg>
  );
}
/** At least 2 px: something was measured. A minute of trouble without a time is drawn whole. */
function barOf({ latencyMs, tone }: Minute, maxMs: number): { y: number; height: number } {
  const height = latencyMs === null ? (tone === 'ok' ? 2 : heightPx) : Math.max(2, Math.min(1, latencyMs / maxMs) * heightPx);
  return { y: heightPx - height, height };
}
