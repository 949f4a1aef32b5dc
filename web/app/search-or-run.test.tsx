import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createAgent } from '#contract/agents.ts';
import { searchEverything } from '#contract/fleet-views.ts';
import { listAudit, listBrokerAudit } from '#contract/ledger.ts';
import { ProblemError } from '#contract/problem.ts';
import { createStack } from '#contract/stacks.ts';
import { placeStore } from '#web/stores/place.ts';
import { recentStore, visited } from '#web/stores/recent.ts';
import { agentId, anAgent } from '#web/testing/builders.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { SearchOrRun } from './search-or-run.tsx';

const open = (session = aSession(), at = '/fleet') =>
  renderPanel(
    <>
      <SearchOrRun />
      <input aria-label="Reason" />
    </>,
    { at, path: '/fleet', session },
  );
const nothing = { agents: [], stacks: [], hiddenByScope: 0 };
const { id, name, clusterName, state } = anAgent({ state: 'silent' });
const ledger = { id: '0b7e4c39-9a41-4d5f-8e8b-1a017f3c1d52', name: 'ledger', generatorName: 'payments' };

test('⌘K opens the palette with the field ready; Escape closes it and gives the focus back', async () => {
  stubConsole().answers(searchEverything, nothing);
  const { screen } = await open();
  const button = screen.getByRole('button', { name: 'Search or run' });
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(screen.getByRole('dialog', { name: 'Search or run' })).toBeVisible();
  await expect.element(screen.getByRole('combobox')).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
});

test('what is typed narrows to the screens and actions it names, and Enter goes there', async () => {
  stubConsole().answers(searchEverything, nothing);
  const { screen, router } = await open();
  await screen.getByRole('button', { name: 'Search or run' }).click();
  await userEvent.keyboard('stat');
  await expect.element(screen.getByRole('option', { name: 'Status' })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  expect(router.state.location.pathname).toBe('/status');
});

test('agents and stacks are found with one request for what was typed, and the arrows reach them', async () => {
  const stub = stubConsole().answers(searchEverything, { agents: [{ id, name, clusterName, state }], stacks: [ledger], hiddenByScope: 0 });
  const { screen, router } = await open();
  await screen.getByRole('button', { name: 'Search or run' }).click();
  await userEvent.keyboard('edge-');
  await expect.element(screen.getByRole('option', { name: /edge-runner/ })).toMatchTextContent(/silent.*fra-prod-2/);
  expect(
    screen
      .getByRole('option', { name: /edge-runner/ })
      .element()
      .querySelectorAll('[data-mark=silent]'),
  ).toHaveLength(1);
  await expect.element(screen.getByRole('option', { name: /ledger/ })).toMatchTextContent(/stack of payments/);
  expect(stub.callsOf(searchEverything).map(({ query }) => query.get('q'))).toEqual(['edge-']);
  await userEvent.keyboard('{ArrowDown}');
  const field = screen.getByRole('combobox');
  expect(field.element().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { name: /ledger/ }).element().id);
  await userEvent.keyboard('{Enter}');
  expect(router.state.location.pathname).toBe(`/stacks/${ledger.id}`);
});

test('a search stays within the tenant scope of the page', async () => {
  const tenant = '4c390b7e-9a41-4d5f-8e8b-1a017f3c1d52';
  const stub = stubConsole().answers(searchEverything, nothing);
  const { screen } = await open(aSession(), `/fleet?tenant=${tenant}`);
  await screen.getByRole('button', { name: 'Search or run' }).click();
  await userEvent.keyboard('zzz');
  await expect.element(screen.getByText('Nothing is called “zzz”')).toBeVisible();
  expect(stub.callsOf(searchEverything)[0]?.query.get('tenant')).toBe(tenant);
});

test.each([
  ['beside what it found', [ledger]],
  ['instead of silence where it found nothing', []],
])('what the scope hides is said %s', async (_where, stacks) => {
  stubConsole().answers(searchEverything, { ...nothing, stacks, hiddenByScope: 3 });
  const { screen } = await open(aSession(), '/fleet?tenant=4c390b7e-9a41-4d5f-8e8b-1a017f3c1d52');
  await screen.getByRole('button', { name: 'Search or run' }).click();
  await userEvent.keyboard('ledger');
  await expect.element(screen.getByText('3 more results hidden by scope')).toBeVisible();
});

test('a search that fails says so, and what needs no search still works', async () => {
  stubConsole().answers(searchEverything, new ProblemError('broker_unreachable', 'no broker'));
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Search or run' }).click();
  await userEvent.keyboard('fleet');
  await expect.element(screen.getByText('Agents and stacks were not searched: broker_unreachable')).toBeVisible();
  await expect.element(screen.getByRole('option', { name: 'Fleet map' })).toBeVisible();
});

test('only what the role may do is offered', async () => {
  stubConsole().answers(searchEverything, nothing);
  const { screen } = await open(aSession('viewer', [createAgent, createStack, listAudit, listBrokerAudit]));
  await screen.getByRole('button', { name: 'Search or run' }).click();
  await expect.element(screen.getByRole('option', { name: 'Stacks' })).toBeVisible();
  await expect.element(screen.getByRole('option', { name: /Create|Audit/ })).not.toBeInTheDocument();
});

test('where one has been stands first, newest first, once each', async () => {
  recentStore.setState({ recent: [] });
  stubConsole().answers(searchEverything, nothing);
  visited({ kind: 'agent', href: `/fleet/${agentId}`, name: 'edge-runner' });
  visited({ kind: 'stack', href: `/stacks/${ledger.id}`, name: 'ledger' });
  visited({ kind: 'agent', href: `/fleet/${agentId}`, name: 'edge-runner' });
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Search or run' }).click();
  const names = screen
    .getByRole('group', { name: 'Recent' })
    .getByRole('option')
    .elements()
    .map(({ textContent }) => textContent);
  expect(names).toEqual(['edge-runneragent', 'ledgerstack']);
  recentStore.setState({ recent: [] });
});

test('what one visits is remembered by the name its own page gives it, never by that of the page before', async () => {
  recentStore.setState({ recent: [] });
  stubConsole();
  const fleet = { label: 'Fleet', href: '/fleet' };
  const { router } = await renderPanel(<SearchOrRun />, { at: `/fleet/${agentId}`, path: '/fleet/:agentId' });
  placeStore.setState({ crumbs: [fleet, { label: 'edge-runner' }], pathname: `/fleet/${agentId}` });
  const names = () => recentStore.getState().recent.map(({ href, name: called }) => [href, called]);
  await expect.poll(names).toEqual([[`/fleet/${agentId}`, 'edge-runner']]);
  await router.navigate(`/fleet/${ledger.id}`);
  await expect.poll(() => router.state.navigation.state).toBe('idle');
  placeStore.setState({ crumbs: [fleet, { label: 'edge-2' }], pathname: `/fleet/${ledger.id}` });
  await expect.poll(() => names().map(([, called]) => called)).toEqual(['edge-2', 'edge-runner']);
  recentStore.setState({ recent: [] });
});

test('? lists the shortcuts, but is only a letter where one types', async () => {
  const { screen } = await open();
  await screen.getByRole('textbox', { name: 'Reason' }).click();
  await userEvent.keyboard('?');
  await expect.element(screen.getByRole('textbox', { name: 'Reason' })).toHaveValue('?');
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('?');
  await expect.element(screen.getByRole('dialog', { name: 'Shortcuts' })).toMatchTextContent(/Search the list/);
});
