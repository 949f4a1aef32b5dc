import { describe, expect, test } from 'vitest';
import { matchLines } from './match-lines.ts';

function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const match = (before: string[], after: string[], left = 10_000_000) => matchLines(before, after, { left });
/** The most lines that two texts can have in common, in order: plain dynamic programming. */
function mostInCommon(a: string[], b: string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const line of a) {
    const next = [0];
    b.forEach((other, at) => next.push(line === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
function expectTrue(before: string[], after: string[], partner: Int32Array) {
  let last = -1;
  partner.forEach((to, from) => {
    if (to === -1) return;
    expect(to).toBeGreaterThan(last);
    expect(after[to]).toBe(before[from]);
    last = to;
  });
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))('matched lines are equal and keep their order (%i)', (seed) => {
  const below = chance(seed);
  const line = () => `line ${below(seed % 2 === 0 ? 6 : 60)}`;
  const before = Array.from({ length: below(60) }, line);
  const after = before.flatMap((it) => (below(5) === 0 ? [] : below(6) === 0 ? [line(), it] : [it]));
  expectTrue(before, after, match(before, after));
});
test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'without lines that are unique on both sides the shortest edit is found (%i)',
  (seed) => {
    const below = chance(seed + 100);
    const line = () => `- ${'abc'[below(3)]}`;
    const twice = (lines: string[]) => [...lines, '- a', '- a', '- b', '- b', '- c', '- c'];
    const before = twice(Array.from({ length: below(30) }, line));
    const after = twice(Array.from({ length: below(30) }, line));
    const partner = match(before, after);
    expectTrue(before, after, partner);
    // Equal ends are taken first, which never costs a match.
    expect(partner.filter((to) => to !== -1)).toHaveLength(mostInCommon(before, after));
  },
);

describe('where it would take too long', () => {
  test('more than 400 edits between repeated lines count as replaced', () => {
    const before = Array.from({ length: 2_000 }, (_, at) => (at % 2 === 0 ? 'a' : 'b'));
    const after = Array.from({ length: 2_000 }, (_, at) => (at % 2 === 0 ? 'c' : 'b'));
    const partner = match(['x', ...before, 'y'], ['x', ...after, 'y']);
    expect([...partner].filter((to) => to !== -1)).toEqual([0, 2_000, 2_001]); // the equal beginning and end are kept
  });
  test('a used-up budget leaves the rest unmatched, and is hardly overdrawn', () => {
    const below = chance(5);
    const before = Array.from({ length: 30_000 }, () => `- ${below(4)}`);
    const after = Array.from({ length: 30_000 }, () => `- ${below(4)}`);
    const budget = { left: 100_000 };
    matchLines(before, after, budget);
    expect(budget.left).toBeGreaterThan(-60_000);
  });
  test('200,000 lines with changes all over are matched in bounded steps', () => {
    const before = Array.from({ length: 200_000 }, (_, at) => `key${at}: ${at % 7}`);
    const after = before.map((line, at) => (at % 10 === 0 ? `${line} changed` : line));
    const budget = { left: 5_000_000 };
    const partner = matchLines(before, after, budget);
    expect(partner.filter((to) => to === -1)).toHaveLength(20_000);
    expect(budget.left).toBeGreaterThan(0);
  });
});
