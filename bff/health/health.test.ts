import { afterEach, describe, expect, test, vi } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { quietLog } from '#bff/broker/testing/a-broker.ts';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import type { TestClock } from '#bff/lists/testing/test-clock.ts';
import { createBrokerSeries } from './broker-series.ts';
import { createComponentHistory } from './component-history.ts';
import { createSampler, withoutAgents } from './sampler.ts';
import type { Probe, Sampler, SamplerOptions } from './sampler.ts';
import { quantileMs, readScrape } from './scrape.ts';

interface Told {
  ok?: number;
  failed?: number;
  messagesIn?: number;
  connected?: number;
  defaultPak?: number;
}
const metrics = ({ ok = 0, failed = 0, messagesIn = 0, connected = 0, defaultPak = 0 }: Told) => `
brokkr_http_requests_total{endpoint="/a",method="GET",status="200"} ${ok}
brokkr_http_requests_total{endpoint="/a",method="GET",status="503"} ${failed}
brokkr_ws_messages_total{direction="in",type="heartbeat"} ${messagesIn}
brokkr_ws_messages_total{direction="out",type="ack"} 0
brokkr_ws_connected_agents ${connected}
brokkr_stacks_total 7
brokkr_deployment_objects_total 2
brokkr_default_admin_pak_hash_in_use ${defaultPak}
`;
const buckets = (...counts: [bound: string, count: number][]) =>
  counts
    .map(([bound, count]) => `brokkr_http_request_duration_seconds_bucket{endpoint="/a",method="GET",le="${bound}"} ${count}`)
    .join('\n');

describe('the broker’s series', () => {
  function setUp() {
    const clock = testClock();
    const broker = createBrokerSeries({ clock });
    const newest = (name: string) =>
      broker
        .show()
        .series.find((series) => series.name === name)
        ?.points.at(-1);
    const look = async (told: Told) => {
      await clock.advance(30_000 - (clock.now() % 30_000));
      broker.take(metrics(told));
    };
    return { clock, broker, newest, look };
  }
  test('are rates between two looks, and gauges of one', async () => {
    const { look, newest } = setUp();
    await look({ ok: 100, connected: 3 });
    expect([newest('http_requests'), newest('connected_agents')]).toEqual([null, 3]);
    await look({ ok: 160, failed: 30, messagesIn: 15, connected: 4 });
    expect(['http_requests', 'http_failed', 'messages_in', 'messages_out', 'connected_agents'].map(newest)).toEqual([3, 1, 0.5, 0, 4]);
  });
  test('have a gap where a look is missing: nothing joins what was before and after it', async () => {
    const { look, newest, clock, broker } = setUp();
    await look({ ok: 0 });
    await look({ ok: 30 });
    await clock.advance(30_000);
    await look({ ok: 90 });
    await look({ ok: 120 });
    expect(broker.show().series[0]?.points.slice(-4)).toEqual([1, null, null, 1]);
    expect(newest('connected_agents')).toBe(0);
  });
  test('have a gap where the broker started anew, even when its sum is higher than before', async () => {
    const { look, newest } = setUp();
    await look({ ok: 10, failed: 5 });
    await look({ ok: 900, failed: 0 });
    expect(newest('http_requests')).toBeNull();
    await look({ ok: 930 });
    expect(newest('http_requests')).toBe(1);
  });
  test('end with the last whole step while the look of this one is under way, and show nothing when looks have ceased', async () => {
    const { look, newest, clock } = setUp();
    await look({ ok: 0 });
    await look({ ok: 30 });
    await clock.advance(30_000);
    expect(newest('http_requests')).toBe(1);
    await clock.advance(30_000);
    expect(newest('http_requests')).toBeNull();
  });
  test('cover one hour and forget what is older', async () => {
    const { look, broker, clock } = setUp();
    await look({ ok: 0 });
    await look({ ok: 30 });
    const { series, stepMs, until } = broker.show();
    expect([series[0]?.points.length, stepMs, until]).toEqual([120, 30_000, new Date(clock.now()).toISOString()]);
    await clock.advance(3_660_000);
    expect(
      broker
        .show()
        .series.flatMap(({ points }) => points)
        .every((point) => point === null),
    ).toBe(true);
  });
  test('chart nothing of what the broker sets to whatever somebody listed last', () => {
    const { broker } = setUp();
    expect(
      broker
        .show()
        .series.map(({ source }) => source)
        .join(),
    ).not.toMatch(/stacks_total|deployment_objects/);
  });
  test('tell whether the key that ships with brokers is in use', async () => {
    const { broker, look } = setUp();
    expect(broker.defaultPak()).toBeNull();
    await look({ defaultPak: 1 });
    expect(broker.defaultPak()).toBe(true);
    await look({ defaultPak: 0 });
    expect(broker.defaultPak()).toBe(false);
  });
});

describe('a quantile', () => {
  const between = (before: string, after: string, share: number) => quantileMs(readScrape(before, 0), readScrape(after, 30_000), share);
  test('lies even within its bucket', () => {
    const after = buckets(['0.1', 50], ['0.2', 100], ['+Inf', 100]);
    expect(between('', after, 0.5)).toBeCloseTo(100);
    expect(between('', after, 0.95)).toBeCloseTo(190);
  });
  test('counts only what came between the two looks, over all endpoints', () => {
    const before = buckets(['0.1', 1_000], ['0.2', 1_000], ['+Inf', 1_000]);
    expect(between(before, buckets(['0.1', 1_000], ['0.2', 1_010], ['+Inf', 1_010]), 0.5)).toBeCloseTo(150);
  });
  test('beyond the last bound is at least that bound', () => {
    expect(between('', buckets(['10', 0], ['+Inf', 5]), 0.95)).toBe(10_000);
  });
  test('of nothing is nothing', () => {
    const same = buckets(['0.1', 5], ['+Inf', 5]);
    expect(between(same, same, 0.5)).toBeNull();
    expect(between('', '', 0.5)).toBeNull();
  });
});

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
  test('without the agents its verdict is one over what is left, whatever is wrong with them', async () => {
    start(testClock(), { probes: { broker: fine, agents: async () => ({ status: 'degraded', message: '1 of 2' }) } });
    const health = await sampler.show();
    expect(health.overall).toBe('degraded');
    expect(withoutAgents(health)).toMatchObject({ overall: 'ok', components: [{ component: 'broker' }] });
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
