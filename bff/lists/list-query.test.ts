import { expect, test } from 'vitest';
import { tableQuery } from './list-query.ts';
import type { ListNames } from './list-query.ts';

const names: ListNames = { sorts: ['state', 'name'], filters: ['cluster'] };
const asked = (told: object = {}) => tableQuery({ offset: 0, limit: 50, filter: [], ...told }, names);

test('the first column is the default and a minus turns it round', () => {
  expect(asked().sort).toEqual({ column: 'state', isDescending: false });
  expect(asked({ sort: '-name' }).sort).toEqual({ column: 'name', isDescending: true });
});
test('values are decoded after they were split', () => {
  expect(asked({ filter: ['cluster:!a%2Cb,c'] }).filters).toEqual([{ field: 'cluster', values: ['a,b', 'c'], negated: true }]);
});
test('blank text searches nothing', () => {
  expect(asked({ q: '  ' }).text).toBeNull();
  expect(asked({ q: ' Edge ' }).text).toBe('edge');
});
test.each([
  ['sort', { sort: 'pak_hash' }],
  ['sort', { sort: 'constructor' }],
  ['filter', { filter: ['__proto__:1'] }],
  ['filter', { filter: ['cluster'] }],
  ['filter', { filter: ['cluster:%zz'] }],
])('an unknown %s is refused before anything is read', (path, told) => {
  expect(() => asked(told)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'invalid_request', errors: [expect.objectContaining({ path })] }) }),
  );
});
