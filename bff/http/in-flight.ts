import type { ServerResponse } from 'node:http';

/** Lets a request in, now or in its turn; false: it is not let in at all. */
export type Admit = (response: ServerResponse, enter: () => void) => boolean;

/**
 * Answers so many requests at a time and lets so many wait their turn; whoever comes on top is turned away at once, which
 * keeps those who are in fast. The limits may change while it works.
 */
export function inFlightCap(limits: () => { inFlight: number; queue: number }): Admit {
  let running = 0;
  const waiting = new Set<() => void>();

  function run(response: ServerResponse, enter: () => void) {
    running += 1;
    response.once('close', leave);
    enter();
  }
  function leave() {
    running -= 1;
    const { inFlight } = limits();
    for (const first of waiting) {
      if (running >= inFlight) return;
      waiting.delete(first);
      first();
    }
  }
  return (response, enter) => {
    const { inFlight, queue } = limits();
    if (running < inFlight && waiting.size === 0) {
      run(response, enter);
      return true;
    }
    if (waiting.size >= queue) return false;
    const giveUp = () => waiting.delete(begin);
    const begin = () => {
      response.off('close', giveUp);
      run(response, enter);
    };
    waiting.add(begin);
    response.once('close', giveUp);
    return true;
  };
}
