/**
 * One heartbeat for everything on the page that shows an age: a single timer while somebody listens and the page is visible.
 * Made for `useSyncExternalStore`: the snapshot changes once a second at most, so a hundred ages render together.
 */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let beat = Date.now();

function strike(): void {
  beat = Date.now();
  for (const listener of listeners) listener();
}
function adjust(): void {
  const wanted = listeners.size > 0 && document.visibilityState === 'visible';
  if (wanted && timer === undefined) {
    timer = setInterval(strike, 1000);
    strike();
  } else if (!wanted && timer !== undefined) {
    clearInterval(timer);
    timer = undefined;
  }
}

export function onBeat(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', adjust);
  listeners.add(listener);
  adjust();
  return () => {
    listeners.delete(listener);
    adjust();
    if (listeners.size === 0) document.removeEventListener('visibilitychange', adjust);
  };
}
/** Local milliseconds of the last beat; constant between beats. */
export const lastBeat = (): number => beat;
