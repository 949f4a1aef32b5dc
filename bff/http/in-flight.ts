import { ProblemError } from '#contract/problem.ts';
import type { RequestHandler, Response } from 'express';

const byDefault = { running: 200, waiting: 100 } as const;

/**
 * Answers so many requests at a time and lets so many wait their turn; whoever comes on top is told at once to come back,
 * which keeps those who are in fast. @throws `overloaded`
 */
export function inFlightCap(most: { running: number; waiting: number } = byDefault): RequestHandler {
  let running = 0;
  const waiting = new Set<() => void>();

  function run(response: Response, next: () => void) {
    running += 1;
    response.once('close', leave);
    next();
  }
  function leave() {
    running -= 1;
    const [first] = waiting;
    if (first === undefined) return;
    waiting.delete(first);
    first();
  }
  return (_request, response, next) => {
    if (running < most.running) return run(response, next);
    if (waiting.size >= most.waiting) throw new ProblemError('overloaded', 'The console has more to do than it can', { retry_after_s: 1 });
    const giveUp = () => waiting.delete(begin);
    const begin = () => {
      response.off('close', giveUp);
      run(response, next);
    };
    waiting.add(begin);
    response.once('close', giveUp);
  };
}
