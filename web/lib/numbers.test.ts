import { expect, test } from 'vitest';
import { counted, exactNumber, formatCount } from './numbers.ts';

test('counts are whole up to 9,999 and short above', () => {
  expect([0, 999, 1_204, 9_999, 10_000, 12_449, 999_949, 999_950, 2_500_000].map(formatCount)).toEqual([
    '0',
    '999',
    '1,204',
    '9,999',
    '10 k',
    '12.4 k',
    '999.9 k',
    '1 M',
    '2.5 M',
  ]);
  expect(exactNumber(12_449)).toBe('12,449');
});
test('one is one', () => {
  expect([counted(1, 'agent'), counted(0, 'agent'), counted(2, 'entry', 'entries')]).toEqual(['1 agent', '0 agents', '2 entries']);
});
