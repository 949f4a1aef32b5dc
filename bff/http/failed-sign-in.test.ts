import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { route } from '#bff/pipeline/route.ts';
import { ProblemError, type ProblemCode } from '#contract/problem.ts';
import { signInWithAccount } from '#contract/session.ts';
import { failedSignInMs } from './failed-sign-in.ts';
import { post, startConsole } from './testing/start-console.ts';

const slowMs = 150;
/** A busy machine would add its own time to these: here it passes only while somebody waits for it. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** How long a refusal takes whose reason was found at once, and one whose reason took its time. */
async function timesOf(parts: { refusedMs?: number }, code: ProblemCode = 'sign_in_failed'): Promise<[fast: number, slow: number]> {
  const served = await startConsole({
    ...parts,
    routes: [
      route(signInWithAccount, async ({ body }) => {
        if (body.name === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs));
        throw new ProblemError(code, 'No');
      }),
    ],
  });
  const timeOf = async (name: string) => {
    const startedAt = performance.now();
    const answering = served.ask('/api/sign-in/account', post({ name, password: 'x' }));
    for (;;) {
      const answer = await Promise.race([answering, new Promise<undefined>((resolve) => void setImmediate(() => resolve(undefined)))]);
      if (answer === undefined) {
        vi.advanceTimersToNextTimer();
        continue;
      }
      expect(answer.status).toBeGreaterThan(400);
      return performance.now() - startedAt;
    }
  };
  const times: [number, number] = [await timeOf('fast'), await timeOf('slow')];
  await served.close();
  return times;
}

test('a failed sign-in takes the same time whatever was wrong', async () => {
  expect(await timesOf({})).toEqual([failedSignInMs, failedSignInMs]);
});
test('without that its reason shows in its time', async () => {
  expect(await timesOf({ refusedMs: 0 })).toEqual([0, slowMs]);
});
test('no other refusal is held back', async () => {
  expect(await timesOf({}, 'rate_limited')).toEqual([0, slowMs]);
});
