import { useEffect, useEffectEvent } from 'react';
import { useBlocker } from 'react-router';
import { ask, type Question } from '#web/stores/confirmations.ts';

/** While `active`, leaving by a link or Back asks first, and closing the tab shows the browser's own question. */
export function useLeaveGuard(active: boolean, question: Question): void {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => active && currentLocation.pathname !== nextLocation.pathname);
  const decide = useEffectEvent(async () => {
    const go = await ask(question);
    if (go) blocker.proceed?.();
    else blocker.reset?.();
  });
  useEffect(() => {
    if (blocker.state === 'blocked') void decide();
  }, [blocker.state]);
  useEffect(() => {
    if (!active) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', hold);
    return () => removeEventListener('beforeunload', hold);
  }, [active]);
}
