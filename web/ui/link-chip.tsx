import { useSyncExternalStore } from 'react';
import { lastBeat, onBeat } from '#web/lib/ticker.ts';
import { clockTime, exactTime, formatAge, serverNow } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { classes } from './classes.ts';
import { RefreshIcon } from './icons.tsx';
import css from './link-chip.module.css';
import { Mark } from './state-mark.tsx';
import { Tip } from './tip.tsx';

interface LinkChipProps {
  down: 'console' | 'broker' | undefined;
  /** Server milliseconds. */
  downSince: number;
  /** When what is on the page was last read whole; 0 before anything was. */
  dataFrom: number;
  onTry: () => void;
}
/** Quietly how old the page is; loudly since when it cannot be read. Pressing it reads again. */
export function LinkChip({ down, downSince, dataFrom, onTry }: LinkChipProps) {
  useSyncExternalStore(onBeat, lastBeat);
  if (down === undefined && dataFrom === 0) return null;
  const since = words.link.since(clockTime(downSince));
  const from = dataFrom === 0 ? undefined : words.link.showing(clockTime(dataFrom));
  return (
    <>
      <Tip text={down === undefined ? words.link.explain : [exactTime(downSince), from].filter(Boolean).join(', ')}>
        <button type="button" className={classes(css['chip'], down && css['down'])} data-down={down} onClick={onTry}>
          {down === undefined ? <RefreshIcon /> : <Mark kind="stale" />}
          {down === undefined ? (
            <span>{words.link.readAgo(formatAge(serverNow() - dataFrom))}</span>
          ) : (
            <span>
              {words.link.out[down]} <span className={css['since']}>{since}</span>
              {from !== undefined && <span className={css['from']}>, {from}</span>}
            </span>
          )}
          <span className="vh">{words.link.tryNow}</span>
        </button>
      </Tip>
      {/* Spoken when it happens, not at every second of it. */}
      <output className="vh">{down === undefined ? '' : [`${words.link.out[down]} ${since}`, from].filter(Boolean).join(', ')}</output>
    </>
  );
}
