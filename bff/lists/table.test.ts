import { expect, test } from 'vitest';
import { createTable } from './table.ts';
import type { TableQuery } from './list-query.ts';

interface Row {
  id: string;
  name: string;
  size: number | null;
  mood: number;
}
const table = (rows: Row[] = []) =>
  createTable<Row, string>(
    {
      id: ({ id }) => id,
      columns: { name: ({ name }) => name, size: ({ size }) => size },
      buckets: { mood: { bucket: ({ mood }) => mood, within: 'name' } },
      filters: { name: ({ name }) => name, mood: ({ mood }) => String(mood) },
      haystack: ({ name }) => name,
      derive: (row, nowMs) => {
        const before = row.mood;
        if (row.name === 'sour') row.mood = nowMs > 5_000 ? 0 : 1;
        return before !== row.mood;
      },
      show: ({ id }) => id,
    },
    rows,
  );
const row = (id: string, name: string, size: number | null = 0, mood = 1): Row => ({ id, name, size, mood });
const query = (column = 'name', rest: Partial<TableQuery> & { isDescending?: boolean } = {}): TableQuery => ({
  offset: 0,
  limit: 50,
  text: null,
  filters: [],
  ...rest,
  sort: { column, isDescending: rest.isDescending ?? false },
});
const filled = () => table([row('c', 'x', 2), row('a', 'x', null), row('b', 'sour', 2), row('d', 'a', 1)]);

test('ties are broken by id in both directions, and nothing stands last in both', () => {
  expect(filled().page(query('name'), 0).rows).toEqual(['d', 'b', 'a', 'c']);
  expect(filled().page(query('name', { isDescending: true }), 0).rows).toEqual(['a', 'c', 'b', 'd']);
  expect(filled().page(query('size'), 0).rows).toEqual(['d', 'b', 'c', 'a']);
  expect(filled().page(query('size', { isDescending: true }), 0).rows).toEqual(['b', 'c', 'd', 'a']);
});
test('pages are parts of one order, whatever their size', () => {
  const it = table(Array.from({ length: 103 }, (_, n) => row(String(n).padStart(3, '0'), `n${n % 7}`)));
  const whole = it.page(query('name', { limit: 200 }), 0).rows;
  const parts = [0, 25, 50, 75, 100].flatMap((offset) => it.page(query('name', { offset, limit: 25 }), 0).rows);
  expect(parts).toEqual(whole);
  expect(it.page(query('name', { offset: 500 }), 0)).toMatchObject({ rows: [], total: 103 });
});
test('filters AND, alternatives OR, negation excludes, and the total says what is left of how many', () => {
  const it = filled();
  expect(it.page(query('name', { filters: [{ field: 'name', values: ['x', 'a'], negated: false }] }), 0)).toMatchObject({
    rows: ['d', 'a', 'c'],
    total: 3,
    totalUnfiltered: 4,
  });
  expect(it.page(query('name', { filters: [{ field: 'name', values: ['x'], negated: true }] }), 0).rows).toEqual(['d', 'b']);
  expect(
    it.page(
      query('name', {
        filters: [
          { field: 'name', values: ['x', 'a'], negated: false },
          { field: 'name', values: ['a'], negated: true },
        ],
      }),
      0,
    ).rows,
  ).toEqual(['a', 'c']);
});
test('free text is found in any case', () => {
  const it = table([row('a', 'Edge-Runner'), row('b', 'till')]);
  expect(it.page(query('name', { text: 'ge-ru' }), 0).rows).toEqual(['a']);
});
test('facets count all rows', () => {
  expect(filled().page(query('name', { filters: [{ field: 'name', values: ['x'], negated: false }] }), 0).facets).toMatchObject({
    name: [
      { value: 'a', count: 1 },
      { value: 'sour', count: 1 },
      { value: 'x', count: 2 },
    ],
  });
});
test('a menu of too many values is not offered', () => {
  const it = table(Array.from({ length: 201 }, (_, n) => row(String(n), `n${n}`)));
  expect(it.page(query(), 0).facets).not.toHaveProperty('name');
});

test.each(['name', 'size', 'mood'])(
  'a row put in or taken out stands in every order where it would stand after a whole read (%s)',
  (column) => {
    for (const isDescending of [false, true]) {
      const it = filled();
      it.page(query(column, { isDescending }), 0);
      it.put(row('c', 'aa', 9), 0);
      it.put(row('e', 'x', 2), 0);
      it.remove('b');
      it.put(row('f', 'x', null), 0);
      const fresh = table([row('a', 'x', null), row('c', 'aa', 9), row('d', 'a', 1), row('e', 'x', 2), row('f', 'x', null)]);
      expect(it.page(query(column, { isDescending }), 0)).toEqual(fresh.page(query(column, { isDescending }), 0));
    }
  },
);
test('a remembered search does not outlive the rows it was made from', () => {
  const it = filled();
  const search = query('name', { filters: [{ field: 'name', values: ['x'], negated: false }] });
  expect(it.page(search, 0).total).toBe(2);
  it.remove('a');
  expect(it.page(search, 0).rows).toEqual(['c']);
  it.put(row('z', 'x'), 0);
  expect(it.page(search, 0).rows).toEqual(['c', 'z']);
});
test('what moves with the time moves in orders, filters and facets', () => {
  const it = filled();
  expect(it.page(query('mood'), 0).rows).toEqual(['d', 'b', 'a', 'c']);
  const later = it.page(query('mood', { filters: [{ field: 'mood', values: ['0'], negated: false }] }), 6_000);
  expect(later).toMatchObject({
    rows: ['b'],
    facets: {
      mood: [
        { value: '0', count: 1 },
        { value: '1', count: 3 },
      ],
    },
  });
  expect(it.page(query('mood'), 6_000).rows).toEqual(['b', 'd', 'a', 'c']);
});
