import { describe, expect, test } from 'vitest';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import { createComponentHistory } from './component-history.ts';

describe('a component’s hour', () => {
  const ok = { status: 'ok', message: 'ready', latencyMs: 4 } as const;
  const failed = { status: 'failed', message: 'no answer', latencyMs: 2_000 } as const;
  test('is empty before the first look', () => {
    expect(createComponentHistory('broker', { clock: testClock() }).show()).toBeUndefined();
  });
  test('has a gap for each minute in which nobody looked', async () => {
    const clock = testClock();
    const history = createComponentHistory('broker', { clock });
    history.saw(ok);
    await clock.advance(180_000);
    history.saw(ok);
    const minutes = history.show()?.minutes ?? [];
    expect(minutes).toHaveLength(60);
    expect(minutes.slice(-4)).toEqual([{ status: 'ok', latencyMs: 4 }, null, null, { status: 'ok', latencyMs: 4 }]);
    expect(minutes.slice(0, 56).every((minute) => minute === null)).toBe(true);
  });
  test('is as bad in a minute as at its worst moment', async () => {
    const clock = testClock();
    const history = createComponentHistory('broker', { clock });
    for (const look of [ok, failed, ok]) history.saw(look);
    expect(history.show()).toMatchObject({ status: 'ok', lastError: { message: 'no answer' } });
    expect(history.show()?.minutes.at(-1)).toEqual({ status: 'failed', latencyMs: 2_000 });
  });
  test('says since when it is as it is', async () => {
    const clock = testClock();
    const history = createComponentHistory('disk', { clock });
    history.saw(ok);
    await clock.advance(60_000);
    history.saw(failed);
    const since = new Date(clock.now()).toISOString();
    await clock.advance(60_000);
    history.saw(failed);
    expect(history.show()).toMatchObject({ since, lastError: { at: new Date(clock.now()).toISOString() } });
  });
  test('forgets what is older, in its minutes and in its p95', async () => {
    const clock = testClock();
    const history = createComponentHistory('broker', { clock });
    for (let look = 0; look < 20; look += 1) history.saw({ ...ok, latencyMs: look });
    expect(history.show()?.p95Ms).toBe(18);
    await clock.advance(3_600_000);
    history.saw({ ...ok, latencyMs: 1 });
    expect(history.show()).toMatchObject({ p95Ms: 1 });
    expect(history.show()?.minutes.filter((minute) => minute !== null)).toHaveLength(1);
  });
});
