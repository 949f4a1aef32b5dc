import { describe, expect, test } from 'vitest';
import type { Clock } from '#contract/ports.ts';
import { createHealth } from './health-now.ts';
import type { Probe } from './look.ts';

const fine: Probe = async () => ({ status: 'ok', message: 'fine' });

/** Time that passes only when told, with timers that fire then. */
function handClock() {
  let now = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  const clock: Clock = {
    now: () => now,
    setTimer: (callback, ms) => {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const pass = (ms: number) => {
    now += ms;
    for (const timer of timers) if (timer.at <= now && timers.delete(timer)) timer.callback();
  };
  return { clock, pass };
}

describe('the looks', () => {
  test('run side by side: none waits for another', async () => {
    const begun: string[] = [];
    const all = Promise.withResolvers<void>();
    const meeting =
      (name: string): Probe =>
      async () => {
        begun.push(name);
        if (begun.length === 3) all.resolve();
        await all.promise; // whoever is asked alone waits in vain
        return { status: 'ok', message: name };
      };
    const health = createHealth({ broker: meeting('broker'), database: meeting('database'), disk: meeting('disk') }, handClock().clock);
    expect((await health()).status).toBe('ok');
  });
  test('run once for all who ask within a second', async () => {
    let runs = 0;
    const { clock, pass } = handClock();
    const health = createHealth(
      { broker: async () => ({ status: 'ok', message: `run ${(runs += 1)}` }), database: fine, disk: fine },
      clock,
    );
    await Promise.all([health(), health(), health()]);
    await health();
    expect(runs).toBe(1);
    pass(1_000);
    await health();
    expect(runs).toBe(2);
  });
  test('that do not answer within 2 s have failed, and are told to stop', async () => {
    const { clock, pass } = handClock();
    let stopped = false;
    const hanging: Probe = (signal) =>
      new Promise(() => {
        signal.addEventListener('abort', () => (stopped = true));
      });
    const answer = createHealth({ broker: hanging, database: fine, disk: fine }, clock)();
    pass(2_000);
    expect(await answer).toMatchObject({
      status: 'failed',
      components: [{ component: 'broker', status: 'failed', message: 'no answer within 2000 ms' }, { status: 'ok' }, { status: 'ok' }],
    });
    expect(stopped).toBe(true);
  });
  test('make the whole as bad as its worst part', async () => {
    const health = createHealth(
      { broker: async () => ({ status: 'degraded', message: '' }), database: fine, disk: fine },
      handClock().clock,
    );
    expect((await health()).status).toBe('degraded');
  });
});
