import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import type { Filter } from '#web/lib/list-state.ts';
import { typeAtOnce } from '#web/testing/type-at-once.ts';
import { FilterBar } from './filter-bar.tsx';

const fields = [
  {
    field: 'status',
    label: 'status',
    options: [
      { value: 'ACTIVE', count: 30 },
      { value: 'INACTIVE', count: 8 },
    ],
  },
  { field: 'cluster', label: 'cluster', options: Array.from({ length: 12 }, (_, index) => ({ value: `eu-${index}` })) },
];
function Bar({ onSearch = () => undefined }: { onSearch?: (text: string) => void }) {
  const [filters, setFilters] = useState<Filter[]>([]);
  const [q, setQ] = useState('');
  const list = {
    q,
    filters,
    isFiltered: q !== '' || filters.length > 0,
    search: (text: string) => {
      setQ(text);
      onSearch(text);
    },
    filterBy: (filter: Filter) =>
      setFilters([...filters.filter(({ field }) => field !== filter.field), filter].filter(({ values }) => values.length > 0)),
    clear: () => {
      setFilters([]);
      setQ('');
    },
  };
  return (
    <>
      <FilterBar list={list} fields={fields} searchLabel="Find by name" />
      <output>{JSON.stringify(filters)}</output>
    </>
  );
}
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

test('a filter is picked field first, then values; its chip changes, negates and removes it', async () => {
  const screen = await render(<Bar />);
  await screen.getByRole('button', { name: 'Filter' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'status' }).click();
  await screen.getByRole('checkbox', { name: /^ACTIVE/ }).click();
  await userEvent.keyboard('{Escape}');
  const chip = screen.getByRole('button', { name: 'Change filter status' });
  await expect.element(chip).toHaveTextContent('ACTIVE');
  await chip.click();
  await screen.getByRole('checkbox', { name: /INACTIVE/ }).click();
  await screen.getByRole('checkbox', { name: 'Everything but these' }).click();
  await expect.element(screen.getByText('[{"field":"status","values":["ACTIVE","INACTIVE"],"negated":true}]')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: 'Remove filter status' }).click();
  await expect.element(screen.getByText('[]')).toBeVisible();
});

test('a long list of values is narrowed by typing, with the keyboard alone', async () => {
  const screen = await render(<Bar />);
  screen.getByRole('button', { name: 'Filter' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('dialog').getByRole('button', { name: 'status' })).toHaveFocus();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  const narrowing = screen.getByRole('dialog').getByRole('textbox', { name: 'Search' });
  await narrowing.fill('eu-11');
  expect(screen.getByRole('checkbox').elements()).toHaveLength(1);
  await userEvent.tab();
  await userEvent.keyboard(' {Escape}');
  await expect.element(screen.getByText('[{"field":"cluster","values":["eu-11"],"negated":false}]')).toBeVisible();
});

test('/ goes to the search from anywhere, which asks once one stops typing; Escape empties it', async () => {
  const onSearch = vi.fn<(text: string) => void>();
  const screen = await render(<Bar onSearch={onSearch} />);
  const search = screen.getByRole('searchbox', { name: 'Find by name' });
  await userEvent.keyboard('/');
  await expect.element(search).toHaveFocus();
  await userEvent.keyboard('e/d');
  await expect.element(search).toHaveValue('e/d');
  typeAtOnce(search, 'e/dg');
  onSearch.mockClear();
  typeAtOnce(search, 'e/dge');
  await vi.advanceTimersByTimeAsync(249);
  expect(onSearch).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(onSearch).toHaveBeenCalledExactlyOnceWith('e/dge');
  await userEvent.keyboard('{Escape}');
  expect(onSearch).toHaveBeenLastCalledWith('');
});
