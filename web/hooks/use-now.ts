import { useSyncExternalStore } from 'react';
import { lastBeat, onBeat } from '#web/lib/ticker.ts';
import { serverNow } from '#web/lib/time.ts';

/** The server's time, new once a second while the page is visible. */
export function useNow(): number {
  useSyncExternalStore(onBeat, lastBeat);
  return serverNow();
}
