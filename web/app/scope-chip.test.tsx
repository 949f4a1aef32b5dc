import { expect, test } from 'vitest';
import { listGenerators } from '#contract/generators.ts';
import { aPage } from '#web/testing/builders.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { ScopeChip } from './scope-chip.tsx';

const payments = {
  id: '4c390b7e-9a41-4d5f-8e8b-1a017f3c1d52',
  name: 'payments',
  description: null,
  isActive: true,
  createdAt: '2026-02-11T10:04:55.118Z',
};
const search = { ...payments, id: '7f3c0b7e-9a41-4d5f-8e8b-1a014c391d52', name: 'search', isActive: false };
const open = (at: string, session = aSession()) => renderPanel(<ScopeChip />, { at, path: at.split('?')[0] ?? '/', session });

test('choosing a tenant puts it into the address, beside the filters, from the first page on; choosing all takes it away', async () => {
  stubConsole().answers(listGenerators, aPage([payments, search]));
  const { screen, router } = await open('/fleet?filter=state:silent&offset=50');
  await screen.getByRole('button', { name: 'Tenant scope: All tenants' }).click();
  await screen.getByRole('button', { name: 'payments' }).click();
  expect(new URLSearchParams(router.state.location.search).get('tenant')).toBe(payments.id);
  expect(router.state.location.search).toContain('filter=state:silent');
  expect(router.state.location.search).not.toContain('offset');
  await screen.getByRole('button', { name: 'Tenant scope: payments' }).click();
  await expect.element(screen.getByRole('button', { name: 'payments', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await screen.getByRole('button', { name: 'All tenants', exact: true }).click();
  expect(router.state.location.search).toBe('?filter=state:silent');
});

test('where a scope cannot be applied the chip says so and why, and keeps it', async () => {
  stubConsole().answers(listGenerators, aPage([payments]));
  const { screen, router } = await open(`/audit?tenant=${payments.id}`);
  const chip = screen.getByRole('button', { name: 'Tenant scope: payments, not scoped' });
  await chip.click();
  await expect.element(screen.getByText(/about the whole installation and cannot be scoped/)).toBeVisible();
  expect(router.state.location.search).toContain(payments.id);
});

test('a tenant that the broker does not list is called unknown, not all', async () => {
  stubConsole().answers(listGenerators, aPage([search]));
  const { screen } = await open(`/fleet?tenant=${payments.id}`);
  await expect.element(screen.getByRole('button', { name: 'Tenant scope: tenant 4c390b7e' })).toBeVisible();
});

test('on a generator’s key the scope is fixed, named, and says what the key does not show', async () => {
  stubConsole().answers(listGenerators, aPage([payments]));
  const { screen } = await open('/fleet', { ...aSession('operator'), tenant: payments.id });
  const chip = screen.getByRole('button', { name: 'Your key: payments' });
  await expect.element(chip).toHaveAccessibleDescription(/own world.*does not show to it says so/);
  await expect.element(chip).not.toHaveAttribute('aria-haspopup');
});

test('tenants are found by typing, and walked by the arrow keys', async () => {
  const stub = stubConsole().answers(listGenerators, ({ query }: { query: URLSearchParams }) =>
    aPage([payments, search].filter(({ name }) => name.includes(query.get('q') ?? ''))),
  );
  const { screen } = await open('/fleet');
  await screen.getByRole('button', { name: 'Tenant scope: All tenants' }).click();
  const find = screen.getByRole('searchbox', { name: 'Find a tenant' });
  await find.fill('sea');
  await expect.element(screen.getByRole('button', { name: /search/ })).toMatchTextContent(/inactive/);
  expect(stub.callsOf(listGenerators).at(-1)?.query.get('q')).toBe('sea');
  find.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  await expect.element(screen.getByRole('button', { name: /search/ })).toHaveFocus();
});
