import { ProblemError } from '#contract/problem.ts';
import type { RequestHandler, Response } from 'express';

/**
 * Answers so many requests at a time and lets so many wait their turn; whoever comes on top is told at once to come back,
 * which keeps those who are in fast. The limits may change while it works. @throws `overloaded`
 */
export function inFlightCap(limits: () => { inFlight: number; queue: number }): RequestHandler {
  let running = 0;
  const waiting = new Set<() => void>();

  function run(response: Response, next: () => void) {
    running += 1;
    response.once('close', leave);
    next();
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
  return (_request, response, next) => {
    const { inFlight, queue } = limits();
    if (running < inFlight && waiting.size === 0) return run(response, next);
    if (waiting.size >= queue) throw new ProblemError('overloaded', 'The console has more to do than it can', { retry_after_s: 1 });
    const giveUp = () => waiting.delete(begin);
    const begin = () => {
      response.off('close', giveUp);
      run(response, next);
    };
    waiting.add(begin);
    response.once('close', giveUp);
  };
}
