import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { listAudit, listBrokerAudit, readAudit } from '#contract/ledger.ts';
import { agentId, anAuditDetail, anAuditRow } from '#web/testing/builders.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { AuditPanel } from './audit-panel.tsx';

const open = (at = '/audit', session = aSession(), width = 1440) => renderPanel(<AuditPanel />, { at, path: '/audit', session, width });
const aLedger = (facts: object = {}) => ({
  rows: [anAuditRow()],
  total: 1,
  matching: 1,
  next: null,
  asOf: new Date().toISOString(),
  ...facts,
});

test('who may not read the audit is told which role may, and nothing is asked for', async () => {
  const stub = stubConsole();
  const { screen } = await open('/audit', aSession('operator', [listAudit]));
  await expect.element(screen.getByText('Only an admin may read this')).toBeVisible();
  expect(stub.callsOf(listAudit)).toEqual([]);
});

test('who signed in with a generator’s key is told what reads it, not to have a role changed', async () => {
  stubConsole();
  const { screen } = await open('/audit', { ...aSession('operator', [listAudit]), tenant: '2b9e4c11-6d0a-4f7d-8c55-91f0a3e7c202' });
  await expect.element(screen.getByText(/A generator’s key is an operator’s at most/)).toBeVisible();
  await expect.element(screen.getByText(/Your role is/)).not.toBeInTheDocument();
});

test('filters, times and page of the address are what the ledger is asked', async () => {
  const stub = stubConsole().answers(listAudit, aLedger({ matching: 7, total: 18_442 }));
  const { screen } = await open('/audit?type=agent.renamed&type=agent.deleted&outcome=denied&from=2026-03-02T07:30:00.000Z&before=42');
  await expect.element(screen.getByText(/7 of 18.4 k records/)).toBeVisible();
  const { query } = stub.callsOf(listAudit)[0] ?? { query: new URLSearchParams() };
  expect(query.getAll('type')).toEqual(['agent.renamed', 'agent.deleted']);
  expect(query.get('before')).toBe('42');
  expect(query.get('from')).toBe('2026-03-02T07:30:00.000Z');
  await expect.element(screen.getByRole('textbox', { name: 'From, UTC' })).toHaveValue('2026-03-02 07:30');
});

test('a typed time goes into the address as UTC; one that is none is refused where it stands', async () => {
  stubConsole().answers(listAudit, aLedger());
  const { screen, router } = await open();
  const from = screen.getByRole('textbox', { name: 'From, UTC' });
  await from.fill('yesterday');
  await screen.getByRole('heading', { name: 'Audit' }).click();
  await expect.element(from).toHaveAccessibleErrorMessage(/is not a time/);
  await from.fill('2026-03-02 07:30');
  await screen.getByRole('heading', { name: 'Audit' }).click();
  await expect.poll(() => router.state.location.search).toContain('from=2026-03-02T07:30:00.000Z');
});

test('a time that is taken by Enter leaves the focus where one types, and is spelled as the list takes it', async () => {
  stubConsole().answers(listAudit, aLedger());
  const { screen, router } = await open();
  const from = screen.getByRole('textbox', { name: 'From, UTC' });
  await from.fill('2026-03-02');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => router.state.location.search).toContain('from=2026-03-02T00:00:00.000Z');
  await expect.element(from).toHaveValue('2026-03-02 00:00');
  await expect.element(from).toHaveFocus();
  await router.navigate(-1);
  await expect.element(from).toHaveValue('');
  await expect.element(from).toHaveFocus();
});

test('Back from a search shows the ledger as it was before it, however many letters it took', async () => {
  stubConsole().answers(listAudit, aLedger());
  const { screen, router } = await open('/audit?outcome=success');
  await screen.getByRole('searchbox').fill('ed');
  await expect.poll(() => router.state.location.search).toContain('q=ed');
  await screen.getByRole('searchbox').fill('edge');
  await expect.poll(() => router.state.location.search).toContain('q=edge');
  await router.navigate(-1);
  expect(router.state.location.search).toBe('?outcome=success');
});

test('what an address asks of the ledger in vain is told, and can be tidied away', async () => {
  const stub = stubConsole().answers(listAudit, aLedger());
  const { screen, router } = await open('/audit?type=agent.renamed&type=agent.painted&outcome=fine&from=soon&sort=who&q=edge');
  await expect
    .element(screen.getByText(/does not have: type=agent.painted, outcome=fine, from=soon and sort=who. It is left out./))
    .toBeVisible();
  expect(stub.callsOf(listAudit)[0]?.query.getAll('type')).toEqual(['agent.renamed']);
  await screen.getByRole('button', { name: 'Tidy the address' }).click();
  await expect.poll(() => router.state.location.search).toBe('?q=edge&type=agent.renamed');
});

test('on a phone finding, filtering, the time and the source are under the thumb', async () => {
  const stub = stubConsole().answers(listAudit, aLedger()).answers(listBrokerAudit, { rows: [], total: 0, asOf: new Date().toISOString() });
  const { screen, router } = await open('/audit', aSession(), 375);
  const bar = screen.getByRole('group', { name: 'Most used' });
  await bar.getByRole('button', { name: 'Find' }).click();
  await expect.element(screen.getByRole('searchbox')).toHaveFocus();
  await bar.getByRole('button', { name: 'Filter' }).click();
  await screen.getByRole('button', { name: 'outcome' }).click();
  await screen.getByRole('checkbox', { name: 'denied' }).click();
  await userEvent.keyboard('{Escape}');
  await bar.getByRole('button', { name: 'Any time' }).click();
  await screen.getByRole('textbox', { name: 'From, UTC' }).fill('2026-03-02 07:30');
  await userEvent.keyboard('{Enter}');
  await expect.element(bar.getByRole('button', { name: 'From 2026-03-02 07:30' })).toBeVisible();
  expect(stub.callsOf(listAudit).at(-1)?.query.toString()).toContain('outcome=denied');
  await userEvent.keyboard('{Escape}');
  await bar.getByRole('button', { name: 'Source' }).click();
  await screen.getByRole('menuitemradio', { name: 'Broker’s own' }).click();
  await expect.poll(() => router.state.location.search).toBe('?source=broker');
  await expect.element(screen.getByText('Best effort, and not a record of people.')).toBeVisible();
});

test('a record opens with what it changed, its request, and its place in the chain', async () => {
  stubConsole().answers(listAudit, aLedger()).answers(readAudit, anAuditDetail());
  const { screen, router } = await open();
  await screen.getByRole('row', { name: /agent.renamed/ }).click();
  const drawer = screen.getByRole('complementary', { name: 'Record 18,438' });
  await expect.element(drawer.getByText('rq_5ed9c07e1b5ed9c0')).toBeVisible();
  await expect.element(drawer).toMatchTextContent(/1 of 2 fields changed.*name: edge-runner.*name: edge-runner-2/);
  await expect.element(drawer.getByText(/c06f 8a71 13de 44b9/)).toBeVisible();
  expect(router.state.location.search).toBe('?open=18438');
});

test('a record can be opened by its address without being on the page', async () => {
  stubConsole()
    .answers(listAudit, aLedger({ rows: [] }))
    .answers(readAudit, anAuditDetail({ seq: 7 }));
  const { screen } = await open('/audit?open=7');
  await expect.element(screen.getByRole('complementary', { name: 'Record 7' })).toMatchTextContent(/Mara Lindqvist/);
});

test('older rows are one link away, and the newest from there', async () => {
  const stub = stubConsole().answers(listAudit, aLedger({ total: 120, matching: 120, next: 18_389 }));
  const { screen, router } = await open(`/audit?outcome=success&tenant=${agentId}`);
  await screen.getByRole('link', { name: 'Older' }).click();
  expect(router.state.location.search).toContain('before=18389');
  expect(router.state.location.search).toContain(`tenant=${agentId}`); // kept for the lists that can be scoped
  await screen.getByRole('link', { name: 'Newest' }).click();
  await expect.poll(() => router.state.location.search).not.toContain('before');
  expect(stub.callsOf(listAudit).at(-1)?.query.get('outcome')).toBe('success');
});

test('the broker’s own record is another list, labelled best effort', async () => {
  const row = {
    id: '1e9c4b7d-3a52-4f0e-9c68-6d5b2a1f0e13',
    at: '2026-03-02T09:11:02.884Z',
    actor: 'admin',
    action: 'stack.updated',
    resourceKind: 'stack',
    resourceId: 'c4a8f0de',
    details: { name: 'ledger' },
  };
  const stub = stubConsole()
    .answers(listAudit, aLedger())
    .answers(listBrokerAudit, { rows: [row], total: 1, asOf: new Date().toISOString() });
  const { screen } = await open();
  await screen.getByRole('link', { name: 'Broker’s own' }).click();
  await expect.element(screen.getByText('Best effort, and not a record of people.')).toBeVisible();
  await expect.element(screen.getByRole('row', { name: /stack.updated/ })).toBeVisible();
  await expect.element(screen.getByText('agent.renamed')).not.toBeInTheDocument();
  expect(stub.callsOf(listBrokerAudit)[0]?.query.get('limit')).toBe('50');
});
