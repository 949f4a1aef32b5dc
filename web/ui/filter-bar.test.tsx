import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { page, userEvent } from 'vitest/browser';
import { parseFilter } from '#contract/list.ts';
import { type Filter, type Ignored, withFilter } from '#web/lib/list-state.ts';
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
  {
    field: 'label',
    label: 'label',
    repeats: true,
    options: [{ value: 'tier:gold' }, { value: 'tier:iron' }, { value: 'region:eu' }],
  },
  { field: 'cluster', label: 'cluster', options: Array.from({ length: 12 }, (_, index) => ({ value: `eu-${index}` })) },
];
interface BarProps {
  onSearch?: (text: string) => void;
  ignored?: Ignored[];
  tidy?: () => void;
}
function Bar({ onSearch = () => undefined, ...left }: BarProps) {
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
    filterBy: (filter: Filter, at?: number) => setFilters(withFilter(filters, filter, at).flatMap((text) => parseFilter(text) ?? [])),
    ...left,
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
  await page.viewport(1280, 800);
  const screen = await render(<Bar />);
  await screen.getByRole('button', { name: 'Filter' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'status' }).click();
  await screen.getByRole('checkbox', { name: /^ACTIVE/ }).click();
  await userEvent.keyboard('{Escape}');
  const chip = screen.getByRole('button', { name: 'Change filter status: ACTIVE' });
  await expect.element(chip).toHaveTextContent('ACTIVE');
  await chip.click();
  await screen.getByRole('checkbox', { name: /INACTIVE/ }).click();
  await screen.getByRole('checkbox', { name: 'Everything but these' }).click();
  await expect.element(screen.getByText('[{"field":"status","values":["ACTIVE","INACTIVE"],"negated":true}]')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: 'Remove filter status: not ACTIVE, INACTIVE' }).click();
  await expect.element(screen.getByText('[]')).toBeVisible();
  await expect.element(screen.getByRole('searchbox')).toHaveFocus();
});

test('a second filter on a field of several values is added beside the first; each is changed and removed by itself', async () => {
  const screen = await render(<Bar />);
  const start = async (field: string) => {
    await screen.getByRole('button', { name: 'Filter', exact: true }).click();
    await screen.getByRole('dialog').getByRole('button', { name: field, exact: true }).click();
  };
  await start('label');
  await screen.getByRole('checkbox', { name: 'tier:gold' }).click();
  await screen.getByRole('checkbox', { name: 'tier:iron' }).click();
  await userEvent.keyboard('{Escape}');
  await start('and label');
  await screen.getByRole('checkbox', { name: 'region:eu' }).click();
  const both = { first: { field: 'label', values: ['tier:gold', 'tier:iron'], negated: false } };
  await expect
    .element(screen.getByText(JSON.stringify([both.first, { field: 'label', values: ['region:eu'], negated: false }])))
    .toBeVisible();
  // Taken back and picked anew it is still the second one that changes.
  await screen.getByRole('checkbox', { name: 'region:eu' }).click();
  await expect.element(screen.getByText(JSON.stringify([both.first]))).toBeVisible();
  await screen.getByRole('checkbox', { name: 'region:eu' }).click();
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: 'Remove filter label: tier:gold, tier:iron' }).click();
  await expect.element(screen.getByText(JSON.stringify([{ field: 'label', values: ['region:eu'], negated: false }]))).toBeVisible();
});

test('a list of values that is longer than the list of fields stays inside the window', async () => {
  await page.viewport(375, 420);
  const screen = await render(
    <div style={{ paddingTop: 360 }}>
      <Bar />
    </div>,
  );
  await screen.getByRole('button', { name: 'Filter' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'cluster' }).click();
  await expect.poll(() => screen.getByRole('dialog').element().getBoundingClientRect().bottom).toBeLessThanOrEqual(420);
  expect(screen.getByRole('dialog').element().getBoundingClientRect().top).toBeGreaterThanOrEqual(0);
});

test('what the address asks for in vain is told, with a way to tidy it; otherwise nothing is', async () => {
  const tidy = vi.fn<() => void>();
  const screen = await render(<Bar ignored={[{ name: 'sort', value: 'age' }]} tidy={tidy} />);
  await expect.element(screen.getByText('The address asks for what this list does not have: sort=age. It is left out.')).toBeVisible();
  await screen.getByRole('button', { name: 'Tidy the address' }).click();
  expect(tidy).toHaveBeenCalledOnce();
  await screen.rerender(<Bar ignored={[]} tidy={tidy} />);
  expect(screen.getByRole('button', { name: 'Tidy the address' }).query()).toBeNull();
});

test('a long list of values is narrowed by typing, with the keyboard alone', async () => {
  const screen = await render(<Bar />);
  screen.getByRole('button', { name: 'Filter' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('dialog').getByRole('button', { name: 'status' })).toHaveFocus();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('dialog').getByRole('textbox', { name: 'Search' })).toHaveFocus();
  await userEvent.keyboard('eu-11');
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
