import { setTimeout as takes } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { route } from '#bff/pipeline/route.ts';
import { ProblemError, type ProblemCode } from '#contract/problem.ts';
import { signInWithAccount } from '#contract/session.ts';
import { failedSignInMs } from './failed-sign-in.ts';
import { post, startConsole } from './testing/start-console.ts';

/** How long a refusal takes whose reason was found at once, and one whose reason took its time. */
async function timesOf(parts: { refusedMs?: number }, code: ProblemCode = 'sign_in_failed'): Promise<[fast: number, slow: number]> {
  const served = await startConsole({
    ...parts,
    routes: [
      route(signInWithAccount, async ({ body }) => {
        if (body.name === 'slow') await takes(150);
        throw new ProblemError(code, 'No');
      }),
    ],
  });
  const timeOf = async (name: string) => {
    const startedAt = performance.now();
    const { status } = await served.ask('/api/sign-in/account', post({ name, password: 'x' }));
    expect(status).toBeGreaterThan(400);
    return performance.now() - startedAt;
  };
  await timeOf('first'); // what runs for the first time is slower
  const times: [number, number] = [await timeOf('fast'), await timeOf('slow')];
  await served.close();
  return times;
}

test('a failed sign-in takes the same time whatever was wrong', async () => {
  const [fast, slow] = await timesOf({});
  expect(fast).toBeGreaterThanOrEqual(failedSignInMs - 1); // timers are exact to a millisecond
  expect(Math.abs(slow - fast)).toBeLessThan(75);
});
test('without that its reason shows in its time', async () => {
  const [fast, slow] = await timesOf({ refusedMs: 0 });
  expect(slow - fast).toBeGreaterThan(75);
});
test('no other refusal is held back', async () => {
  const [fast] = await timesOf({}, 'rate_limited');
  expect(fast).toBeLessThan(failedSignInMs - 1);
});
