import { expect, test } from 'vitest';
import { gapsOf, lonePoints, scaleEnd, shortNumber } from './series.ts';

test('a gap is where no line has a point; one that is missing in one line alone is none', () => {
  expect(
    gapsOf([
      [1, null, null, 4, null],
      [1, 2, null, 4, null],
    ]),
  ).toEqual([
    { from: 2, to: 2 },
    { from: 4, to: 4 },
  ]);
  expect(gapsOf([[null, null, 3]])).toEqual([{ from: 0, to: 1 }]);
  expect(gapsOf([[1, 2]])).toEqual([]);
});

test('a point between two missing ones is kept as a dot', () => {
  expect(lonePoints([1, null, 3, null, 5, 6])).toEqual([0, 2]);
});

test('scales end at 1, 2 or 5 and hold the highest', () => {
  expect([0, 0.3, 1, 7, 18, 41, 690].map(scaleEnd)).toEqual([1, 0.5, 1, 10, 20, 50, 1000]);
});

test('a number says no more digits than matter, and never rounds something to nothing', () => {
  expect([0, 0.001, 0.256, 34.21, 1131].map(shortNumber)).toEqual(['0', '<0.01', '0.26', '34.2', '1,131']);
});
