import { describe, expect, test } from 'vitest';
import { countMarked, IntSet, isMarked, mark, markedIn, unmark } from './int-set.ts';

/** The same numbers in every run. */
function numbers(count: number, below: number, seed = 7) {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  });
}

// A list up to 512 members, bits beyond: both sides of the border, and across it.
test.each([100, 511, 512, 513, 3_000])('%i numbers put in and taken out are there as in a plain set', (count) => {
  const set = new IntSet();
  const plain = new Set<number>();
  for (const number of numbers(count, 100_000)) {
    expect(set.add(number)).toBe(!plain.has(number));
    plain.add(number);
  }
  for (const number of numbers(count, 100_000).filter((_, at) => at % 3 === 0)) {
    expect(set.delete(number)).toBe(plain.delete(number));
  }
  expect(set.size).toBe(plain.size);
  expect(set.values()).toEqual([...plain].toSorted((a, b) => a - b));
  for (const number of numbers(500, 100_000, 9)) expect(set.has(number)).toBe(plain.has(number));
});

describe.each([40, 2_000])('with %i members', (count) => {
  test('keeping leaves the marks of members only', () => {
    const set = new IntSet();
    for (const number of numbers(count, 5_000)) set.add(number);
    const bits = new Uint32Array(200);
    const marked = numbers(2_500, 6_000, 3);
    for (const number of marked) mark(bits, number);
    set.keep(bits);
    const expected = [...new Set(marked)].filter((number) => set.has(number)).toSorted((a, b) => a - b);
    expect(markedIn(bits)).toEqual(expected);
    expect(countMarked(bits)).toBe(expected.length);
  });
  test('marking adds its members to what is marked', () => {
    const set = new IntSet();
    for (const number of numbers(count, 5_000)) set.add(number);
    const bits = new Uint32Array(200);
    mark(bits, 6_001);
    set.mark(bits);
    expect(markedIn(bits)).toEqual([...set.values(), 6_001]);
  });
});

test('the highest bit of a word is a member like any other', () => {
  const bits = new Uint32Array(2);
  for (const number of [31, 32, 63]) mark(bits, number);
  expect(markedIn(bits)).toEqual([31, 32, 63]);
  expect(countMarked(bits)).toBe(3);
  unmark(bits, 31);
  expect(isMarked(bits, 31)).toBe(false);
  expect(markedIn(bits)).toEqual([32, 63]);
});
