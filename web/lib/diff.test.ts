import { expect, test } from 'vitest';
import { fieldDiff } from './diff.ts';

test('a changed field is a pair with the changed part between what stayed', () => {
  expect(fieldDiff({ description: 'Ledger service' }, { description: 'Ledger service, EU' })).toEqual([
    { sign: '-', field: 'description', parts: ['Ledger service', '', ''] },
    { sign: '+', field: 'description', parts: ['Ledger service', ', EU', ''] },
  ]);
});
test('fields that came, went and stayed are told apart, whatever their values are', () => {
  expect(fieldDiff({ a: 1, b: ['x'] }, { a: 1, c: null })).toEqual([
    { sign: ' ', field: 'a', parts: ['1', '', ''] },
    { sign: '-', field: 'b', parts: ['', '["x"]', ''] },
    { sign: '+', field: 'c', parts: ['', 'null', ''] },
  ]);
});
test('a creation has no before, a deletion no after, and a bare value no name', () => {
  expect(fieldDiff(null, { name: 'edge' })).toEqual([{ sign: '+', field: 'name', parts: ['', 'edge', ''] }]);
  expect(fieldDiff({ name: 'edge' }, undefined)).toEqual([{ sign: '-', field: 'name', parts: ['', 'edge', ''] }]);
  expect(fieldDiff('aba', 'aa').map(({ sign, parts }) => [sign, ...parts])).toEqual([
    ['-', 'a', 'b', 'a'],
    ['+', 'a', '', 'a'],
  ]);
});
