import { expect, test } from 'vitest';
import type { AuditType } from '#contract/audit.ts';
import { sized } from '#bff/testing/sizes.ts';
import { manualClock } from '#bff/testing/world.ts';
import { createCoalescer } from './coalesce.ts';
import { outcomeEntry, type Entry } from './entry.ts';

function setUp() {
  const clock = manualClock();
  const written: Entry[] = [];
  const failures: unknown[] = [];
  const state = { fails: false };
  const write = async (entry: Entry) => {
    if (state.fails) throw new Error('disk full');
    written.push(entry);
  };
  return { clock, written, failures, state, coalescer: createCoalescer(clock, write, (error) => failures.push(error)) };
}
const fact = (type: AuditType, ip: string, path = '/api/x'): Entry => ({
  ...outcomeEntry(0, { atMs: 0, type, outcome: 'denied', code: 'x', ip, path }),
  kind: 'fact',
  of: null,
});
const sum = (entries: Entry[]) => entries.reduce((total, { count }) => total + count, 0);
const settled = async () => {
  for (let n = 0; n < 5; n += 1) await Promise.resolve();
};

const flood = sized(100_000, 10_000);
test(`${flood} anonymous failures from as many addresses leave at most a twentieth as many rows, and each is counted`, async () => {
  const { clock, written, coalescer } = setUp();
  for (let n = 0; n < flood; n += 1) {
    await coalescer.put(fact('auth.login.failure', `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`));
    clock.advance(10);
  }
  await coalescer.flush();
  expect(written.length).toBeLessThanOrEqual(flood / 20);
  expect(sum(written)).toBe(flood);
});
test('twin: without coalescing the same flood leaves a row each', async () => {
  const { written, coalescer } = setUp();
  for (let n = 0; n < 600; n += 1) await coalescer.put(fact('auth.login.success', `10.0.0.${n}`));
  expect(written).toHaveLength(600);
});

test('a page that asks for the audit every 10 s leaves one row, and another per quarter of an hour', async () => {
  const { clock, written, coalescer } = setUp();
  for (let n = 0; n < 6 * 60; n += 1) {
    await coalescer.put(fact('audit.queried', '192.0.2.1'));
    clock.advance(10_000);
  }
  await settled();
  expect(written.map(({ count }) => count)).toEqual([1, 89, 90, 90, 90]);
});

test('a few malformed requests are nobody’s attack; twenty within a minute are', async () => {
  const { clock, written, coalescer } = setUp();
  for (let n = 0; n < 19; n += 1) await coalescer.put(fact('limits.invalid_requests', '192.0.2.1'));
  clock.advance(60_000);
  expect(written).toEqual([]);
  for (let n = 0; n < 20; n += 1) await coalescer.put(fact('limits.invalid_requests', '192.0.2.1'));
  expect(written.map(({ count }) => count)).toEqual([20]);
});

test('sources are told apart by who, where and what', async () => {
  const { written, coalescer } = setUp();
  await coalescer.put(fact('authz.access.denied', '192.0.2.1', '/api/a'));
  await coalescer.put(fact('authz.access.denied', '192.0.2.1', '/api/b'));
  await coalescer.put(fact('authz.access.denied', '192.0.2.2', '/api/a'));
  expect(written).toHaveLength(3);
});

test('what could not be written is written with the next window', async () => {
  const { clock, written, failures, state, coalescer } = setUp();
  await coalescer.put(fact('authz.csrf.refused', '192.0.2.1'));
  await coalescer.put(fact('authz.csrf.refused', '192.0.2.1'));
  state.fails = true;
  clock.advance(60_000);
  await settled();
  expect(failures).toHaveLength(1);
  state.fails = false;
  clock.advance(60_000);
  await settled();
  expect(sum(written)).toBe(2);
});
