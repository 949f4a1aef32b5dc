import { expect, test } from 'vitest';
import { readStatus, type Status } from '#contract/status.ts';
import { renderPanel } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { linkStore } from '#web/stores/link.ts';
import { StatusPanel } from './status-panel.tsx';

const open = () => renderPanel(<StatusPanel />, { at: '/status', path: '/status' });
const aStatus = (facts: Partial<Status> = {}): Status => ({
  version: '0.1.0',
  commit: '5ed9c07e1b',
  builtAt: '2026-03-01T08:00:00.000Z',
  startedAt: '2026-03-02T07:15:31.000Z',
  uptimeMs: 7_200_000,
  environment: 'production',
  sessions: 3,
  changesHandled: 1204,
  activeAgents: 38,
  lastHeartbeatAgeMs: 4000,
  health: { status: 'degraded', components: [] },
  configuration: { BROKER_URL: 'https://broker.example', BROKER_PAK: 'set' },
  warnings: [],
  ...facts,
});

test('reading the status is reading: the chip in the header counts from it', async () => {
  linkStore.setState({ dataFrom: 0 });
  stubConsole().answers(readStatus, aStatus());
  await open();
  await expect.poll(() => linkStore.getState().dataFrom).toBeGreaterThan(Date.now() - 5000);
});

test('everything the console says of itself is there', async () => {
  stubConsole().answers(readStatus, aStatus());
  const { screen } = await open();
  await expect.element(screen.getByText('5ed9c07e1b')).toBeVisible();
  await expect.element(screen.getByRole('heading', { name: 'Status' })).toBeVisible();
  const page = document.querySelector('dl')?.textContent ?? '';
  for (const fact of [
    'Version0.1.0',
    'Environmentproduction',
    'Up for2 h',
    'Sessions3',
    'Changes handled1,204',
    'Active agents38',
    'Last heartbeat of any4 s ago',
    'Broker, database and diskdegraded',
  ])
    expect(page).toContain(fact);
  await expect.element(screen.getByRole('row', { name: 'BROKER_PAK' })).toMatchTextContent(/BROKER_PAK.*set/);
  await expect.element(screen.getByText(/Nothing in how this installation is set up needs a person/)).toBeVisible();
});

test('a warning says what is wrong and what to do', async () => {
  stubConsole().answers(readStatus, aStatus({ warnings: ['default_admin_pak_active', 'changes_stopped'] }));
  const { screen } = await open();
  await expect.element(screen.getByText('The broker takes its public default admin key')).toBeVisible();
  await expect.element(screen.getByText(/Rotate the key with the broker’s own command/)).toBeVisible();
  await expect.element(screen.getByText(/Free space or mend the database/)).toBeVisible();
});

test('what is not known is called so, never zero', async () => {
  stubConsole().answers(readStatus, aStatus({ commit: null, builtAt: null, activeAgents: null, lastHeartbeatAgeMs: null }));
  const { screen } = await open();
  await expect.element(screen.getByText('not known').first()).toBeVisible();
  const page = document.querySelector('dl')?.textContent ?? '';
  expect(page).toContain('Active agentsnot known');
  expect(page).toContain('Last heartbeat of anynot known');
  expect(page).toContain('Commitnot stated by this build');
});
