import { describe, expect, test } from 'vitest';
import { nodeClock } from '#bff/node-world.ts';
import type { Clock } from '#contract/ports.ts';
import { createHealth, type Check } from './health.ts';
import { startConsole } from './testing/start-console.ts';

const fine: Check = async () => ({ status: 'ok', message: 'fine' });
const broken: Check = () => Promise.reject(new Error('connect ECONNREFUSED db-1.internal'));

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

describe('the checks', () => {
  test('run side by side: none waits for another', async () => {
    const begun: string[] = [];
    const all = Promise.withResolvers<void>();
    const meeting =
      (name: string): Check =>
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
    const hanging: Check = (signal) =>
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
    const health = createHealth({ broker: async () => ({ status: 'degraded', message: '' }), database: fine, disk: fine }, nodeClock);
    expect((await health()).status).toBe('degraded');
  });
});

describe('the probes', () => {
  const withChecks = (broker: Check, database: Check, isDraining = false) =>
    startConsole({ health: createHealth({ broker, database, disk: fine }, nodeClock), isDraining: () => isDraining });

  test('liveness asks nobody', async () => {
    const served = await withChecks(broken, broken);
    expect((await served.ask('/liveness')).json()).toEqual({ status: 'ok' });
    await served.close();
  });
  test('health is 503 with the states when anything failed; readiness only for what the console itself needs', async () => {
    const brokerDown = await withChecks(broken, fine);
    expect([(await brokerDown.ask('/health')).status, (await brokerDown.ask('/readiness')).status]).toEqual([503, 200]);
    expect((await brokerDown.ask('/readiness')).json()).toMatchObject({ status: 'degraded' });
    await brokerDown.close();
    const storeDown = await withChecks(fine, broken);
    expect([(await storeDown.ask('/health')).status, (await storeDown.ask('/readiness')).status]).toEqual([503, 503]);
    await storeDown.close();
  });
  test('a browser that goes to the address of the screen gets the page, a probe the states', async () => {
    const served = await withChecks(fine, fine);
    const page = await served.ask('/health', { headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' } });
    expect(page.text).not.toContain('components');
    for (const accept of ['*/*', 'application/json', 'text/plain, */*;q=0.1']) {
      const states = await served.ask('/health', { headers: { accept } });
      expect(states.json()).toMatchObject({ status: 'ok' });
      expect(states.headers['vary']).toMatch(/accept/i);
    }
    await served.close();
  });
  test('readiness says no as soon as the console is leaving', async () => {
    const leaving = await withChecks(fine, fine, true);
    expect([(await leaving.ask('/readiness')).status, (await leaving.ask('/health')).status]).toEqual([503, 200]);
    await leaving.close();
  });
  test('only people who are signed in read messages and latencies', async () => {
    const served = await withChecks(broken, fine);
    const anonymous = await served.ask('/health');
    expect(anonymous.json()).toEqual({
      status: 'failed',
      components: [
        { component: 'broker', status: 'failed' },
        { component: 'database', status: 'ok' },
        { component: 'disk', status: 'ok' },
      ],
    });
    expect((await served.ask('/health', { as: 'viewer' })).text).toContain('ECONNREFUSED');
    await served.close();
  });
});
