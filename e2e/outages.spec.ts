import { anAgent } from '#simulator/builders.ts';
import { copiedText } from './clipboard.ts';
import { keptWith } from './drafts.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { createAgentDialog, fleetPage } from './pages/fleet-page.ts';
import { shell } from './pages/shell.ts';
import { signInPage } from './pages/sign-in-page.ts';

test('the broker dies and comes back: a chip, the last known data with its age, and recovery by itself', async ({
  page,
  broker,
  console,
  faults,
}) => {
  faults.expect(503, 502, 504);
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await page.clock.install();
  const fleet = fleetPage(page);
  await fleet.goto();
  await expect(fleet.row('edge-runner')).toBeVisible();
  await broker.kill();
  await page.clock.runFor(10_500);
  await expect(shell(page).link).toContainText('Broker out of reach since');
  await expect(fleet.row('edge-runner')).toBeVisible();
  await expect(page.getByText(/As of .* ago/)).toBeVisible();

  await broker.revive();
  broker.seed({ agents: [anAgent({ name: 'new-comer' })] });
  await console.readsAgain('/api/agents', `/api/agents/${broker.agents.find('edge-runner').id}`);
  await page.clock.runFor(20_500);
  await expect(fleet.row('new-comer')).toBeVisible();
  await expect(shell(page).link).toContainText(/^Read /);
});

test('a change while the broker is away is refused in words, with all a ticket needs, and stays until dismissed', async ({
  page,
  broker,
  faults,
  context,
}) => {
  faults.expect(503);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  broker.seed({ agents: [anAgent({ name: 'edge-runner', status: 'INACTIVE' })] });
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}`);
  await expect(agentPage(page).activate).toBeVisible();
  await broker.kill();
  await agentPage(page).activate.click();
  const toast = shell(page).notifications;
  await expect(toast).toContainText('broker_unreachable');
  await expect(toast).toContainText(/rq_[0-9a-f]{16}/);
  await toast.getByRole('button', { name: /Copy everything/ }).click();
  await expect.poll(() => copiedText(page)).toMatch(/broker_unreachable[\s\S]*rq_[0-9a-f]{16}/);
  await toast.getByRole('button', { name: 'Dismiss' }).click();
  await expect(toast).not.toContainText('broker_unreachable');
});

test('the console is killed and started again: the session and what was typed survive', async ({ page, console, faults }) => {
  test.slow(); // a console starts amid it
  faults.expect(503, /ERR_CONNECTION/);
  await page.goto('/fleet?create=agent');
  const dialog = createAgentDialog(page);
  const saved = keptWith(page, 'lab-1');
  await dialog.fill('half-typed', 'lab-1');
  await dialog.cluster.blur();
  await saved;
  await console.stop('SIGKILL');
  await dialog.submit.click();
  await expect(page.getByText(/console_unreachable/).first()).toBeVisible();
  await expect(dialog.name).toHaveValue('half-typed');

  await console.start();
  await page.reload();
  await expect(shell(page).person).toBeVisible();
  await expect(dialog.name).toHaveValue('half-typed');
  await expect(dialog.cluster).toHaveValue('lab-1');
  await dialog.submit.click();
  await expect(page.getByRole('button', { name: 'Copy key' })).toBeVisible();
});

test('while the audit cannot be written changes are refused and reading goes on', async ({ page, console, broker, faults }) => {
  faults.expect(503);
  broker.seed({ agents: [anAgent({ name: 'edge-runner', status: 'INACTIVE' })] });
  const agent = agentPage(page);
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}`);
  await expect(agent.activate).toBeVisible();
  const unlock = console.lockStore();
  try {
    await agent.activate.click();
    await expect(shell(page).notifications).toContainText('audit_unavailable');
    expect(broker.agents.find('edge-runner').status).toBe('INACTIVE');
    expect(broker.count.of('PUT /api/v1/agents/{id}')).toBe(0);
    await page.goto('/fleet');
    await expect(fleetPage(page).row('edge-runner')).toBeVisible();
  } finally {
    unlock();
  }
  await page.goBack();
  await agent.activate.click();
  await expect(agent.deactivate).toBeVisible();
});

test('a broker that refuses the console’s key signs nobody out', async ({ page, broker, faults }) => {
  faults.expect(503);
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await fleetPage(page).goto();
  await expect(fleetPage(page).row('edge-runner')).toBeVisible();
  broker.faults.set({ outcome: { status: 401 } });
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}`);
  const guide = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'service_credential_refused' }).click();
  await expect((await guide).getByRole('heading', { name: 'service_credential_refused' })).toBeInViewport();
  await expect(shell(page).person).toBeVisible();
});

test('a broker that forbids every change is told beside what was tried', async ({ page, broker }) => {
  await broker.reset('denied');
  const { id } = broker.agents.find('sidekick@fra-prod-1');
  await page.goto(`/fleet/${id}`);
  await agentPage(page).activate.click();
  await expect(shell(page).notifications).toContainText('broker_refused');
  expect(broker.agents.find(id).status).toBe('INACTIVE');
});

test.describe('a session that ends while one types', () => {
  test.use({ role: null });

  test('is begun again over the page, which is as it was', async ({ page, console, context }) => {
    test.slow(); // three passwords, each hashed as slowly as it must be
    const { name, password } = await console.people.make('admin');
    await page.goto('/fleet?create=agent');
    await signInPage(page).enter(name, password);
    const dialog = createAgentDialog(page);
    await dialog.fill('half-typed', 'lab-1');
    await console.people.endSessionOf(context);
    await dialog.submit.dispatchEvent('click'); // a poll may have found it before, and the question be in the way of a pointer
    const again = page.getByRole('dialog', { name: 'Your session has ended' });
    await again.getByRole('textbox', { name: 'Password' }).fill(password);
    await again.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(again).toBeHidden();
    await expect(dialog.name).toHaveValue('half-typed');
    await dialog.submit.click();
    await expect(page.getByRole('button', { name: 'Copy key' })).toBeVisible();
  });
});
