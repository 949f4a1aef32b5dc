import { ageParts, formatAge } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Age, useAge } from './age.tsx';
import { classes } from './classes.ts';
import css from './fresh.module.css';

const silentAfterMs = 600_000;

interface FreshProps {
  at: string | null;
  ageMs: number | null;
  /** The agent's own interval; the bar is full at three of them, its tick is one. */
  rhythmMs: number;
  rhythmAssumed?: boolean;
  /** Without the number beside it. */
  bare?: boolean;
}
/** Heartbeat against the agent's own rhythm: past full it is stale, after 10 min silent. */
export function Fresh({ at, ageMs, rhythmMs, rhythmAssumed = false, bare = false }: FreshProps) {
  const age = useAge(ageMs, at);
  if (age === undefined) return <span className="muted">{words.ui.never}</span>;
  const share = Math.min(1, age / (3 * rhythmMs));
  const tone = age > silentAfterMs ? 'silent' : age > 3 * rhythmMs ? 'stale' : 'fresh';
  const rhythm = `${formatAge(rhythmMs)}${rhythmAssumed ? `, ${words.ui.rhythmAssumed}` : ''}`;
  const { value, unit } = ageParts(age);
  return (
    <span className={css['fresh']} title={words.ui.heartbeat(`${value} ${unit}`, rhythm)}>
      <svg className={classes(css['bar'], css[tone])} viewBox="0 0 40 8" aria-hidden="true" preserveAspectRatio="none">
        <rect className={css['track']} x="0" y="2" width="40" height="4" rx="1" />
        <rect className={css['fill']} x="0" y="2" width={Math.max(2, share * 40)} height="4" rx="1" />
        <rect className={css['tick']} x="13" y="0" width="1" height="8" />
      </svg>
      {!bare && <Age at={at} ageMs={ageMs} />}
    </span>
  );
}
