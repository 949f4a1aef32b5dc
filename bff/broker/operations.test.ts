import { expect, test } from 'vitest';
import { operations } from './operations.ts';
import type { Operation } from './operations.ts';

const table: [string, Operation][] = Object.entries(operations);

test('what belongs to agents, and the read that hands out secrets, is not in the table', () => {
  const forbidden = [
    /webhooks\/pending/,
    /\/claim/,
    /\/complete/,
    /\/result/,
    /\/heartbeat/,
    /\/target-state/,
    /work-orders\/pending/,
    /health-status/,
  ];
  for (const [name, { path }] of table) for (const pattern of forbidden) expect(path, name).not.toMatch(pattern);
});
test('every GET may be repeated and nothing else may', () => {
  for (const [name, { method, class: kind }] of table) expect(kind === 'read' || kind === 'snapshot', name).toBe(method === 'GET');
});
test('only whole lists may answer more than 10 MiB or take more than 15 s', () => {
  for (const [name, { class: kind, maxBytes, totalMs }] of table) {
    if (kind === 'snapshot') continue;
    expect(maxBytes, name).toBeLessThanOrEqual(10 * 1024 * 1024);
    expect(totalMs, name).toBeLessThanOrEqual(15_000);
  }
});
test('no path carries a trailing slash, which would name another operation', () => {
  for (const [name, { path }] of table) expect(path, name).not.toMatch(/\/$/);
});
