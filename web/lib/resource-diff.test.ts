import { expect, test } from 'vitest';
import { type DiffLine, sideBySide } from './resource-diff.ts';

const line = (kind: DiffLine['kind'], text: string): DiffLine => ({ kind, before: null, after: null, text });
const told = (...lines: DiffLine[]) => sideBySide(lines).map(({ before, after }) => [before?.text, after?.text]);

test('lines that went stand beside those that came in their place, and what is left over stands alone', () => {
  expect(told(line('same', 'a'), line('removed', 'b'), line('removed', 'c'), line('added', 'd'), line('same', 'e'))).toEqual([
    ['a', 'a'],
    ['b', 'd'],
    ['c', undefined],
    ['e', 'e'],
  ]);
  expect(told(line('added', 'a'), line('added', 'b'))).toEqual([
    [undefined, 'a'],
    [undefined, 'b'],
  ]);
});

test('two changes that touch each other are not mixed, and lines left out reach over both sides', () => {
  expect(told(line('removed', 'a'), line('added', 'b'), line('removed', 'c'), line('added', 'd'), line('skip', ''))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['', ''],
  ]);
});
