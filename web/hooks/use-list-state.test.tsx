import { expect, test } from 'vitest';
import { useEffect } from 'react';
import { render } from 'vitest-browser-react';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import type { ListControls } from '#web/lib/list-state.ts';
import { useListState } from './use-list-state.ts';

const columns = [{ key: 'name' }, { key: 'pending', descendingFirst: true }];
const rules = {
  sort: 'state',
  sorts: ['name', 'pending', 'state'],
  filters: ['status', 'cluster', 'label'],
  takes: { view: (view: string) => view === 'map' },
};
async function listAt(url: string) {
  const seen: ListControls[] = [];
  function Screen() {
    const list = useListState(columns, rules);
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

test('everything a list asks for is read from the URL', async () => {
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
  expect(now().ignored).toEqual([]);
});

test('what the list does not have is left out, told, and tidied away in one step that Back does not stop at', async () => {
  const odd = 'offset=-3&limit=7&sort=age&filter=nonsense&filter=status:ACTIVE&filter=colour:red&tenant=me&view=moon';
  const { now, router, search } = await listAt('/fleet?sort=name');
  await router.navigate(`/fleet?${odd}&q=edge`);
  await expect.poll(() => now().state).toEqual({ offset: '0', limit: '50', sort: 'state', q: 'edge', filter: ['status:ACTIVE'] });
  expect(now().ignored.map(({ name, value }) => `${name}=${value}`)).toEqual([
    'view=moon',
    'offset=-3',
    'limit=7',
    'sort=age',
    'filter=nonsense',
    'filter=colour:red',
    'tenant=me',
  ]);
  now().tidy();
  await expect.poll(search).toBe('?q=edge&filter=status:ACTIVE');
  await expect.poll(() => now().ignored).toEqual([]);
  await router.navigate(-1);
  await expect.poll(search).toBe('?sort=name');
});

test('more filters than the server takes are left out, the first twenty are not', async () => {
  const many = Array.from({ length: 21 }, (_, place) => `filter=label:l${place}`).join('&');
  const { now } = await listAt(`/fleet?${many}`);
  expect(now().state.filter).toHaveLength(20);
  expect(now().ignored).toEqual([{ name: 'filter', value: 'label:l20' }]);
});

test('of two filters on one field each is changed in its place, or all are replaced by one', async () => {
  const { now } = await listAt('/fleet?filter=label:a&filter=status:ACTIVE&filter=label:b');
  now().filterBy({ field: 'label', values: ['a', 'c'], negated: false }, 0);
  await expect.poll(() => now().state.filter).toEqual(['label:a,c', 'status:ACTIVE', 'label:b']);
  now().filterBy({ field: 'label', values: [], negated: false }, 2);
  await expect.poll(() => now().state.filter).toEqual(['label:a,c', 'status:ACTIVE']);
  now().filterBy({ field: 'label', values: ['d'], negated: false }, 2);
  await expect.poll(() => now().state.filter).toEqual(['label:a,c', 'status:ACTIVE', 'label:d']);
  now().filterBy({ field: 'label', values: ['e'], negated: false });
  await expect.poll(() => now().state.filter).toEqual(['label:e', 'status:ACTIVE']);
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
