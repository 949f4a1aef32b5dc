import { expect, test } from 'vitest';
import { useEffect } from 'react';
import { render } from 'vitest-browser-react';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import type { ListControls } from '#web/lib/list-state.ts';
import { useListState } from './use-list-state.ts';

const columns = [{ key: 'name' }, { key: 'pending', descendingFirst: true }];
async function listAt(url: string) {
  const seen: ListControls[] = [];
  function Screen() {
    const list = useListState(columns, { sort: 'state' });
    useEffect(() => {
      seen.push(list);
    });
    return null;
  }
  const router = createMemoryRouter([{ path: '*', Component: Screen }], { initialEntries: [url] });
  await render(<RouterProvider router={router} />);
  const now = () => {
    const list = seen.at(-1);
    if (list === undefined) throw new Error('not rendered');
    return list;
  };
  return { now, router, search: () => router.state.location.search };
}

test('everything a list asks for is read from the URL, and what the page would never write is ignored', async () => {
  const { now } = await listAt('/fleet?offset=50&limit=25&sort=-pending&q=edge&filter=status:ACTIVE,INACTIVE&filter=cluster:!eu-1');
  expect(now().state).toEqual({
    offset: '50',
    limit: '25',
    sort: '-pending',
    q: 'edge',
    filter: ['status:ACTIVE,INACTIVE', 'cluster:!eu-1'],
  });
  expect(now().filters).toEqual([
    { field: 'status', values: ['ACTIVE', 'INACTIVE'], negated: false },
    { field: 'cluster', values: ['eu-1'], negated: true },
  ]);
  const { now: odd } = await listAt('/fleet?offset=-3&limit=7&sort=na%20me&filter=nonsense');
  expect(odd().state).toEqual({ offset: '0', limit: '50' });
});

test('sorting, filtering and searching begin at the first page; paging keeps them; Back undoes one step', async () => {
  const { now, router, search } = await listAt('/fleet?offset=100');
  now().sortBy('pending');
  await expect.poll(() => now().sort).toEqual({ key: 'pending', descending: true });
  now().sortBy('pending');
  await expect.poll(() => now().sort).toEqual({ key: 'pending', descending: false });
  now().goTo(50);
  await expect.poll(() => now().offset).toBe(50);
  expect(search()).toBe('?sort=pending&offset=50');
  now().filterBy({ field: 'cluster', values: ['a b', 'c,d'], negated: false });
  await expect.poll(() => now().filters).toEqual([{ field: 'cluster', values: ['a b', 'c,d'], negated: false }]);
  expect(now().offset).toBe(0);
  now().filterBy({ field: 'cluster', values: [], negated: false });
  await expect.poll(search).toBe('?sort=pending');
  await router.navigate(-1);
  await expect.poll(() => now().filters).toHaveLength(1);
});

test('typing a search is one step for Back, however many keys it took', async () => {
  const { now, router, search } = await listAt('/fleet');
  now().sortBy('name');
  await expect.poll(() => now().sort?.key).toBe('name');
  for (const text of ['e', 'ed', 'edge']) {
    now().search(text);
    await expect.poll(() => now().q).toBe(text);
  }
  await router.navigate(-1);
  await expect.poll(search).toBe('?sort=name');
});
