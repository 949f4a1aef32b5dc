import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { page, userEvent } from 'vitest/browser';
import type { ListControls } from '#web/lib/list-state.ts';
import { type Column, columnsThatFit } from './columns.ts';
import { DataTable } from './data-table.tsx';
import type { Navigation } from './link.tsx';
import { UiProvider } from './provider.tsx';

interface Row {
  id: string;
  name: string;
  pending: number;
}
const rows: Row[] = ['edge-1', 'edge-2', 'edge-3'].map((name, index) => ({ id: `id-${index}`, name, pending: index }));
const columns: Column<Row>[] = [
  { key: 'name', head: 'Agent', cell: ({ name }) => name, sortable: true },
  { key: 'pending', head: 'Pending', cell: ({ pending }) => pending, width: 80, align: 'end', sortable: true, descendingFirst: true },
];

async function show(over: Partial<Parameters<typeof DataTable<Row>>[0]> = {}, width = 1280) {
  await page.viewport(width, 720);
  const go = vi.fn<(href: string) => void>();
  const navigation: Navigation = {
    go,
    Link: ({ href, children, ...rest }) => (
      <a {...rest} href={href} onClick={(event) => (event.preventDefault(), go(href))}>
        {children}
      </a>
    ),
  };
  const screen = await render(
    <UiProvider navigation={navigation}>
      <div style={{ height: 400, display: 'flex', flexDirection: 'column' }}>
        <DataTable
          label="Agents"
          columns={columns}
          page={{ rows }}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          rowHref={({ id }) => `#/fleet/${id}`}
          narrow={({ name, pending }) => ({ title: name, line: `${pending} pending` })}
          empty={<p>No agents</p>}
          {...over}
        />
      </div>
    </UiProvider>,
  );
  return { screen, go };
}

test('one row is in the tab order; arrows, Home and End walk the rows, Enter opens', async () => {
  const { screen, go } = await show();
  const link = (name: string) => screen.getByRole('link', { name });
  await userEvent.tab();
  await expect.element(link('edge-1')).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(link('edge-2')).toHaveFocus();
  expect(link('edge-1').element()).toHaveAttribute('tabindex', '-1');
  await userEvent.keyboard('{End}');
  await expect.element(link('edge-3')).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(link('edge-3')).toHaveFocus();
  await userEvent.keyboard('{Home}{ArrowDown}{Enter}');
  expect(go).toHaveBeenLastCalledWith('#/fleet/id-1');
});

test('the heads say how the list is sorted and ask for another order', async () => {
  const sortBy = vi.fn<ListControls['sortBy']>();
  const { screen } = await show({ list: { sort: { key: 'pending', descending: true }, sortBy, opened: undefined } });
  await expect.element(screen.getByRole('columnheader', { name: 'Pending' })).toHaveAttribute('aria-sort', 'descending');
  expect(screen.getByRole('columnheader', { name: 'Agent' }).element()).not.toHaveAttribute('aria-sort');
  await screen.getByRole('button', { name: 'Agent' }).click();
  expect(sortBy).toHaveBeenCalledWith('name');
});

test('row actions are reached by keyboard; one that may not be used says why and does nothing', async () => {
  const deactivate = vi.fn<() => void>();
  const remove = vi.fn<() => void>();
  const { screen } = await show({
    actions: () => [
      { label: 'Deactivate', onSelect: deactivate },
      { label: 'Delete', onSelect: remove, why: 'This takes an admin; you are an operator.' },
    ],
  });
  await userEvent.tab();
  await userEvent.tab();
  await expect.element(screen.getByRole('button', { name: 'Actions for edge-1' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('menuitem', { name: 'Deactivate' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  const off = screen.getByRole('menuitem', { name: /Delete/ });
  await expect.element(off).toHaveFocus();
  await expect.element(off).toHaveAttribute('aria-disabled', 'true');
  await expect.element(off).toMatchTextContent(/This takes an admin/);
  await userEvent.keyboard('{Enter}');
  expect(remove).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('button', { name: 'Actions for edge-1' })).toHaveFocus();
  await userEvent.keyboard('{Enter}{Enter}');
  expect(deactivate).toHaveBeenCalledOnce();
});

test('a click anywhere on a row opens it, a click on its button does not', async () => {
  const { screen, go } = await show({ actions: () => [{ label: 'Rename', onSelect: () => undefined }] });
  await screen.getByRole('cell', { name: '2' }).click();
  expect(go).toHaveBeenLastCalledWith('#/fleet/id-2');
  go.mockClear();
  await screen.getByRole('button', { name: 'Actions for edge-1' }).click();
  expect(go).not.toHaveBeenCalled();
});

test('the cursor goes to the first row when its own has left the page', async () => {
  function Leaving() {
    const [shown, setShown] = useState(rows);
    return (
      <>
        <button type="button" onClick={() => setShown(rows.slice(0, 2))}>
          leave
        </button>
        <DataTable
          label="Agents"
          columns={columns}
          page={{ rows: shown }}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          rowHref={({ id }) => `#${id}`}
          narrow={() => ({ title: '', line: '' })}
          empty={null}
        />
      </>
    );
  }
  await page.viewport(1280, 720);
  const screen = await render(<Leaving />);
  screen.getByRole('link', { name: 'edge-3' }).element().focus();
  await screen.getByRole('button', { name: 'leave' }).click();
  await expect.element(screen.getByRole('link', { name: 'edge-1' })).toHaveAttribute('tabindex', '0');
});

test('a phone shows the same rows on two lines each, sorted from a menu', async () => {
  const sortBy = vi.fn<ListControls['sortBy']>();
  const { screen } = await show({ list: { sort: { key: 'name', descending: false }, sortBy, opened: undefined } }, 375);
  await expect.element(screen.getByRole('list', { name: 'Agents' }).getByRole('link', { name: /edge-2/ })).toMatchTextContent(/1 pending/);
  expect(screen.getByRole('table').query()).toBeNull();
  await screen.getByRole('button', { name: 'Agent, ascending' }).click();
  await screen.getByRole('menuitemradio', { name: 'Pending' }).click();
  expect(sortBy).toHaveBeenCalledWith('pending');
});

test('without rows the table says what would be here, and before the first answer that it is reading', async () => {
  const { screen } = await show({ page: { rows: [] } });
  await expect.element(screen.getByText('No agents')).toBeVisible();
  await screen.rerender(
    <DataTable
      label="Agents"
      columns={columns}
      page={undefined}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      narrow={() => ({ title: '', line: '' })}
      empty={null}
    />,
  );
  await expect.element(screen.getByRole('status')).toHaveTextContent('Agents: Loading');
});

test('columns leave one by one in their stated order until the rest fits', () => {
  const some: Column<Row>[] = [
    { key: 'a', head: 'A', cell: () => '', minWidth: 200 },
    { key: 'b', head: 'B', cell: () => '', width: 100, leaves: 2 },
    { key: 'c', head: 'C', cell: () => '', width: 100, leaves: 1 },
    { key: 'd', head: 'D', cell: () => '', width: 100 },
  ];
  const left = (width: number) =>
    columnsThatFit(some, width)
      .map(({ key }) => key)
      .join('');
  expect(left(500)).toBe('abcd');
  expect(left(499)).toBe('abd');
  expect(left(399)).toBe('ad');
  expect(left(10)).toBe('ad');
});

test('room that is left over goes to the columns that wish for it, in their order, once all are there', () => {
  const some: Column<Row>[] = [
    { key: 'a', head: 'A', cell: () => '', width: 100, wish: 140 },
    { key: 'b', head: 'B', cell: () => '', width: 100, wish: 120 },
    { key: 'c', head: 'C', cell: () => '', minWidth: 100, leaves: 1 },
  ];
  const widths = (width: number) => columnsThatFit(some, width).map((column) => column.width);
  expect(widths(299)).toEqual([100, 100]);
  expect(widths(320)).toEqual([120, 100, undefined]);
  expect(widths(350)).toEqual([140, 110, undefined]);
  expect(widths(900)).toEqual([140, 120, undefined]);
});
