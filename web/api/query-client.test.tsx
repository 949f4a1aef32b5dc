import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { sessionExpired, sessionRenewed } from '#web/stores/expiry.ts';
import { rereadEvery, rereadOnReturn } from './query-client.ts';

const now = Date.parse('2026-03-02T09:00:00.000Z');
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now });
  sessionRenewed();
});
afterEach(() => {
  vi.useRealTimers();
  sessionRenewed();
});
const after = (error: unknown) => ({ state: { error, errorUpdatedAt: now } });
const busy = new ProblemError('overloaded', 'busy', { retry_after_s: 30 });

test('what is shown is read again in its rhythm, and at once when one comes back', () => {
  expect(rereadEvery(10_000)(after(null))).toBe(10_000);
  expect(rereadOnReturn(after(null))).toBe('always');
});

test('never before a refusal allows it', () => {
  expect(rereadEvery(10_000)(after(busy))).toBe(30_000);
  expect(rereadOnReturn(after(busy))).toBe(false);
  vi.setSystemTime(now + 30_000);
  expect(rereadOnReturn(after(busy))).toBe('always');
});

test('not while signed out, nor by itself what is not there', () => {
  expect(rereadEvery(10_000)(after(new ProblemError('not_found', 'gone')))).toBe(false);
  sessionExpired();
  expect(rereadEvery(10_000)(after(null))).toBe(false);
  expect(rereadOnReturn(after(null))).toBe(false);
});
