import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { explain } from './failure.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T09:00:00.000Z') });
  vi.stubGlobal('location', { pathname: '/fleet', search: '?q=edge' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a failure has the time at which it happened, however often it is shown', () => {
  const error = new ProblemError('broker_timeout', 'late', { request_id: 'rq_0123456789abcdef' });
  const first = explain(error, 'Not renamed');
  vi.advanceTimersByTime(240_000);
  expect(explain(error, 'Not renamed')).toEqual(first);
  expect(explain(new ProblemError('broker_timeout', 'late')).at).not.toBe(first.at);
});

test('a ticket holds what was tried, the code, what the broker said, the request, the time and the page', () => {
  const error = new ProblemError('conflict', 'taken', {
    request_id: 'rq_0123456789abcdef',
    upstream: { status: 409, code: 'unique_violation' },
  });
  const { at, report } = explain(error, 'Not renamed');
  for (const line of [
    'Not renamed',
    'code conflict',
    'broker 409 unique_violation',
    'request rq_0123456789abcdef',
    `at ${at}`,
    'page /fleet?q=edge',
  ])
    expect(report.split('\n')).toContain(line);
});

test('a fault of the page is called one, with what was thrown', () => {
  expect(explain(new TypeError('x is undefined'))).toMatchObject({ code: 'page_fault', upstream: 'TypeError: x is undefined' });
  expect(explain('thrown text')).toMatchObject({ code: 'page_fault', upstream: 'thrown text' });
});
