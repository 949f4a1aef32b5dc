/** Lets one call in eleven that go out be a repeat, so that a failing broker is never asked for more than 1.1 × the work. */
export interface RetryBudget {
  /** A first attempt goes out. */
  earn(): void;
  /** May a repeat go out? */
  spend(): boolean;
}
const perCall = 0.09;
/** What a long quiet stretch may save up: a burst of repeats stays small. */
const most = 10;

export function createRetryBudget(): RetryBudget {
  let tokens = 1;
  return {
    earn() {
      tokens = Math.min(most, tokens + perCall);
    },
    spend() {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
