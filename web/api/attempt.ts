import { useState } from 'react';
import { ProblemError } from '#contract/problem.ts';
import { newUuid } from '#web/lib/request-id.ts';

/**
 * The idempotency keys of one form or confirmation: one per target, minted at the first try and kept until an answer tells
 * how it ended. A double click and a repeat after `outcome_unknown` therefore name the same change; the next one is new.
 */
export interface Attempt {
  keyOf: (target: string) => string;
  /** @param error what the call failed with, if it did */
  settle: (target: string, error?: unknown) => void;
}

/** Not known how it ended: neither the broker's silence nor the console's says that nothing happened. */
const unsettled = (error: unknown) =>
  error instanceof ProblemError && (error.code === 'outcome_unknown' || error.code === 'console_unreachable');

export function newAttempt(): Attempt {
  const keys = new Map<string, string>();
  return {
    keyOf(target) {
      const key = keys.get(target) ?? newUuid();
      keys.set(target, key);
      return key;
    },
    settle(target, error) {
      if (!unsettled(error)) keys.delete(target);
    },
  };
}
/** Lives as long as the component that offers the change. */
export const useAttempt = (): Attempt => useState(newAttempt)[0];
