import { describe, expect, test } from 'vitest';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import { createBrokerSeries } from './broker-series.ts';
import { metrics } from './testing/metrics-text.ts';
import type { Told } from './testing/metrics-text.ts';

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
