import { describe, expect, test } from 'vitest';
import { quantileMs, readScrape } from './scrape.ts';
import { buckets } from './testing/metrics-text.ts';

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
