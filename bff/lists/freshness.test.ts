import { expect, test } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { quietLog } from '#bff/broker/testing/a-broker.ts';
import { createFreshness } from './freshness.ts';
import { testClock } from './testing/test-clock.ts';

/** A source that answers when told, or after a while. */
function source({ minMs = 5_000, tookMs = 0 }: { minMs?: number; tookMs?: number } = {}) {
  const clock = testClock();
  const state = { reads: 0, tookMs, problem: undefined as ProblemError | undefined };
  const freshness = createFreshness({
    clock,
    log: quietLog,
    minMs,
    async read() {
      state.reads += 1;
      if (state.tookMs > 0) await new Promise<void>((resolve) => clock.setTimer(resolve, state.tookMs));
      if (state.problem) throw state.problem;
      return { arrivedMs: clock.now() };
    },
  });
  return { clock, state, freshness, startMs: clock.now() };
}
const away = new ProblemError('broker_unreachable', 'away');

test('however many ask at once, one read is made', async () => {
  const { freshness, state } = source();
  await Promise.all(Array.from({ length: 500 }, () => freshness.ask()));
  expect(state.reads).toBe(1);
});
test('asking more often than every five seconds reads nothing more', async () => {
  const { freshness, state, clock } = source();
  for (let second = 0; second < 60; second += 1) {
    await freshness.ask();
    await clock.advance(1_000);
  }
  expect(state.reads).toBeLessThanOrEqual(13);
});
test('a slow source is read at most every ten times its answer time', async () => {
  const { freshness, state, clock } = source({ tookMs: 2_000 });
  const first = freshness.ask();
  await clock.advance(2_000);
  await first;
  for (let second = 2; second < 62; second += 1) {
    void freshness.ask();
    await clock.advance(1_000);
  }
  expect(state.reads).toBe(4); // at 0, 20, 40 and 60 s
});
test('one late answer is an accident: it does not make the list wait ten times as long', async () => {
  const { freshness, state, clock } = source();
  await freshness.ask();
  state.tookMs = 30_000;
  await clock.advance(5_000);
  state.tookMs = 0;
  for (let second = 5; second < 45; second += 5) {
    void freshness.ask();
    await clock.advance(5_000);
  }
  const { arrivedMs } = await freshness.ask();
  expect(clock.now() - arrivedMs).toBeLessThanOrEqual(5_000);
});
test('while somebody looks the list is kept fresh between the questions, and no longer', async () => {
  const { freshness, state, clock } = source();
  await freshness.ask();
  await clock.advance(29_000);
  expect(state.reads).toBe(6);
  await clock.advance(600_000);
  expect(state.reads).toBe(7);
});
test('a question waits half a second for fresher data, then takes what is there with its age', async () => {
  const { freshness, state, clock, startMs } = source();
  await freshness.ask();
  await clock.advance(60_000);
  state.tookMs = 3_000;
  const asked = freshness.ask();
  await clock.advance(500);
  const { arrivedMs } = await asked;
  expect(clock.now() - arrivedMs).toBeGreaterThan(20_000);
  await clock.advance(3_000);
  expect((await freshness.ask()).arrivedMs).toBe(startMs + 63_000);
});
test('while the source is away the last data stays and says since when, and it recovers alone', async () => {
  const { freshness, state, clock, startMs } = source();
  await freshness.ask();
  state.problem = away;
  await clock.advance(12_000);
  expect(await freshness.ask()).toEqual({ arrivedMs: startMs, stale: { sinceMs: 7_000, code: 'broker_unreachable' } });
  state.problem = undefined;
  await clock.advance(5_000);
  expect(await freshness.ask()).toEqual({ arrivedMs: startMs + 15_000, stale: null });
});
test('without any data the failure is told, and the source is not hammered', async () => {
  const { freshness, state, clock } = source();
  state.problem = away;
  for (let turn = 0; turn < 4; turn += 1) await expect(freshness.ask()).rejects.toBe(away);
  expect(state.reads).toBe(1);
  state.problem = undefined;
  await clock.advance(5_000);
  await freshness.ask();
});
test('an installation that wants no reuse reads for every question, and only then', async () => {
  const { freshness, state, clock } = source({ minMs: 0 });
  await freshness.ask();
  await freshness.ask();
  await clock.advance(60_000);
  expect(state.reads).toBe(2);
});
test('a closed list makes no more reads', async () => {
  const { freshness, state, clock } = source();
  await freshness.ask();
  freshness.close();
  await clock.advance(60_000);
  expect(state.reads).toBe(1);
});
