import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { lastBeat, onBeat } from '#web/lib/ticker.ts';
import { ageParts, exactTime, lastKnownAfterMs, serverNow } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { classes } from './classes.ts';
import css from './age.module.css';

const MomentContext = createContext<number | undefined>(undefined);
/** Server time at which the data inside left the server (`momentOf(answer)`): the ages it carries count on from there. Undefined before there is any. */
export function Moment({ at, children }: { at: number | undefined; children: ReactNode }) {
  return <MomentContext value={at}>{children}</MomentContext>;
}
/** Age now of something that was `ageMs` old at the surrounding `Moment`, or that happened `at` by our own server's clock. */
export function useAge(ageMs: number | null | undefined, at: string | null | undefined): number | undefined {
  useSyncExternalStore(onBeat, lastBeat);
  const moment = useContext(MomentContext);
  if (ageMs !== null && ageMs !== undefined) return ageMs + (moment === undefined ? 0 : Math.max(0, serverNow() - moment));
  return at === null || at === undefined ? undefined : Math.max(0, serverNow() - Date.parse(at));
}

/** Whether what stands inside the surrounding `Moment` left the server too long ago to be the present: the page could not read it since. */
export function useIsLastKnown(): boolean {
  const moment = useContext(MomentContext);
  return useSyncExternalStore(onBeat, () => moment !== undefined && serverNow() - moment > lastKnownAfterMs);
}

interface AgeProps {
  /** When it happened, as the answer said; exact on hover and in `datetime`. */
  at: string | null | undefined;
  /** The age the answer carried; without it `at` must be of our own server's clock. */
  ageMs?: number | null | undefined;
  /** "3 s ago" in a sentence; a column says "3 s". */
  ago?: boolean;
  /** Shown when it never happened. */
  never?: string;
}
/** Relative, exact on hover, counting by itself. */
export function Age({ at, ageMs, ago = false, never = words.ui.never }: AgeProps) {
  const age = useAge(ageMs, at);
  if (age === undefined) return <span className={css['never']}>{never}</span>;
  const { value, unit } = ageParts(age);
  return (
    <time className={classes(css['age'], ago && css['sentence'])} dateTime={at ?? undefined} title={at ? exactTime(at) : undefined}>
      {ago ? (
        words.ui.ago(`${value} ${unit}`)
      ) : (
        <>
          {value} <i>{unit}</i>
        </>
      )}
    </time>
  );
}
