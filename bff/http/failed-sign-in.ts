import { ProblemError } from '#contract/problem.ts';

/** Well above what the check of a password takes. */
export const failedSignInMs = 500;

/** Holds the refusal of a sign-in back until so much time has passed: how long it took must not tell what was wrong. */
export async function evenlyRefused<T>(answer: Promise<T>, leastMs: number): Promise<T> {
  const startedAt = performance.now();
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'sign_in_failed')
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedAt + leastMs - performance.now())));
    throw error;
  }
}
