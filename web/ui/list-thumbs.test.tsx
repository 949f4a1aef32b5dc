import { useRef } from 'react';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { ListControls } from '#web/lib/list-state.ts';
import { FilterBar } from './filter-bar.tsx';
import { ListThumbs } from './list-thumbs.tsx';

const fields = [{ field: 'state', label: 'state', options: [{ value: 'silent', count: 2 }] }];
const columns = [
  { key: 'name', head: 'Agent', sortable: true },
  { key: 'pending', head: 'Pending', sortable: true },
];

async function show(width: number) {
  await page.viewport(width, 812);
  const sortBy = vi.fn<ListControls['sortBy']>();
  const filterBy = vi.fn<ListControls['filterBy']>();
  const search = vi.fn<ListControls['search']>();
  const list = {
    sort: { key: 'name', descending: false },
    q: '',
    filters: [],
    isFiltered: false,
    sortBy,
    filterBy,
    search,
    clear: () => undefined,
  };
  function Screen() {
    const find = useRef<HTMLInputElement>(null);
    return (
      <>
        <FilterBar list={list} fields={fields} searchLabel="Find agents" find={find} />
        <ListThumbs list={list} fields={fields} columns={columns} find={find} />
      </>
    );
  }
  return { screen: await render(<Screen />), sortBy, filterBy };
}

test('on a phone finding, filtering and sorting are under the thumb, each once and large enough for it', async () => {
  const { screen, sortBy, filterBy } = await show(375);
  const bar = screen.getByRole('group', { name: 'Most used' });
  expect(screen.getByRole('button', { name: 'Filter' }).elements()).toHaveLength(1);
  const sizes = bar
    .getByRole('button')
    .elements()
    .map((button) => button.getBoundingClientRect());
  expect(sizes).toHaveLength(3);
  for (const { width, height } of sizes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);

  await bar.getByRole('button', { name: 'Find' }).click();
  await expect.element(screen.getByRole('searchbox', { name: 'Find agents' })).toHaveFocus();
  await bar.getByRole('button', { name: 'Filter' }).click();
  await screen.getByRole('checkbox', { name: /^silent/ }).click();
  expect(filterBy).toHaveBeenCalledWith({ field: 'state', values: ['silent'], negated: false });
  await bar.getByRole('button', { name: 'Agent, ascending' }).click();
  await screen.getByRole('menuitemradio', { name: 'Pending' }).click();
  expect(sortBy).toHaveBeenCalledWith('pending');
});

test('a wider screen has them over the list, and no bar', async () => {
  const { screen } = await show(1280);
  await expect.element(screen.getByRole('button', { name: 'Filter' })).toBeVisible();
  expect(screen.getByRole('group', { name: 'Most used' }).query()).toBeNull();
});
