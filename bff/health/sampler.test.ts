import { afterEach, describe, expect, test, vi } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { quietLog } from '#bff/broker/testing/a-broker.ts';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import type { TestClock } from '#bff/lists/testing/test-clock.ts';
import type { Probe } from './look.ts';
import { createSampler } from './sampler.ts';
import type { Sampler, SamplerOptions } from './sampler.ts';
import { metrics } from './testing/metrics-text.ts';

describe('the sampler', () => {
  let sampler: Sampler;
  afterEach(() => sampler.close());
  const fine: Probe = async () => ({ status: 'ok', message: 'fine' });
  function start(clock: TestClock, changes: Partial<SamplerOptions> = {}) {
    sampler = createSampler({
      clock,
      log: quietLog,
      probes: { broker: fine },
      metrics: async () => metrics({}),
      version: async () => '0.9.1',
      ...changes,
    });
    sampler.start();
    return sampler;
  }
  test('looks every 15 s whether or not anybody watches, and for whoever comes before that', async () => {
    const clock = testClock();
    const broker = vi.fn<Probe>(fine);
    start(clock, { probes: { broker } });
    expect(await sampler.show()).toMatchObject({ overall: 'ok', components: [{ component: 'broker', status: 'ok' }] });
    expect(broker).toHaveBeenCalledTimes(1);
    await clock.advance(60_000);
    expect(broker).toHaveBeenCalledTimes(5);
    await sampler.show();
    expect(broker).toHaveBeenCalledTimes(5);
  });
  test('is as bad as the worst component', async () => {
    const clock = testClock();
    start(clock, {
      probes: {
        broker: fine,
        disk: async () => ({ status: 'degraded', message: 'little space' }),
        agents: () => Promise.reject(new Error('gone')),
      },
    });
    expect(await sampler.show()).toMatchObject({
      overall: 'failed',
      components: [{ status: 'ok' }, { status: 'degraded' }, { status: 'failed', message: 'gone', lastError: { message: 'gone' } }],
    });
  });
  test('says what failed in words, without the code', async () => {
    start(testClock(), {
      probes: { agents: () => Promise.reject(new ProblemError('broker_unreachable', 'The broker cannot be reached')) },
    });
    expect(await sampler.show()).toMatchObject({ components: [{ message: 'The broker cannot be reached' }] });
  });
  test('gives up on what does not answer, and tells it to stop', async () => {
    const clock = testClock();
    let isStopped = false;
    const hanging: Probe = (signal) => new Promise(() => signal.addEventListener('abort', () => (isStopped = true)));
    start(clock, { probes: { broker: hanging } });
    const { components } = await clock.until(sampler.show(), 1_000);
    expect(components).toMatchObject([{ status: 'failed', message: 'no answer within 5000 ms' }]);
    expect(isStopped).toBe(true);
  });
  test('leaves a gap for every look at the metrics that failed', async () => {
    const clock = testClock();
    let looks = 0;
    start(clock, {
      metrics: async () => {
        looks += 1;
        if (looks === 4) throw new Error('gone');
        return metrics({ ok: looks * 30 });
      },
    });
    await clock.advance(210_000);
    const { series } = await sampler.show();
    expect(series[0]?.points.slice(-6)).toEqual([1, 1, null, null, 1, 1]);
  });
  test('asks for the version once an hour, and keeps none that could not be read', async () => {
    const clock = testClock();
    const version = vi.fn<SamplerOptions['version']>().mockRejectedValueOnce(new Error('gone')).mockResolvedValue('0.9.1');
    start(clock, { version });
    expect((await sampler.show()).brokerVersion).toBeNull();
    await clock.advance(60_000);
    expect((await sampler.show()).brokerVersion).toBe('0.9.1');
    expect(version).toHaveBeenCalledTimes(2);
    await clock.advance(3_600_000);
    expect(version).toHaveBeenCalledTimes(3);
  });
  test('that ends while it looks does not look again', async () => {
    const clock = testClock();
    const looking = Promise.withResolvers<void>();
    let looks = 0;
    const broker: Probe = async () => {
      looks += 1;
      await looking.promise;
      return { status: 'ok', message: 'fine' };
    };
    const it = start(clock, { probes: { broker } });
    await clock.advance(15_000);
    it.close();
    looking.resolve();
    await clock.advance(60_000);
    expect(looks).toBe(1);
  });
  test('ends with its console', async () => {
    const clock = testClock();
    const broker = vi.fn<Probe>(fine);
    start(clock, { probes: { broker } }).close();
    await clock.advance(60_000);
    expect(broker).not.toHaveBeenCalled();
  });
});
