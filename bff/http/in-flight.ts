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

  const perTurn = Number(process.env['TURN']) || 1e9;
  const ready: (() => void)[] = [];
  let started = 0;
  function start(enter: () => void) {
    if (started >= perTurn) return void ready.push(enter);
    started += 1;
    if (started === 1) setImmediate(nextTurn);
    enter();
  }
  function nextTurn() {
    started = 0;
    for (const enter of ready.splice(0, perTurn)) start(enter);
  }
  function run(response: ServerResponse, enter: () => void) {
    running += 1;
    response.once('close', leave);
    start(enter);
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
