import { anAgent } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { shell } from './pages/shell.ts';

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('reads why a control is off, and the server refuses the same call', async ({ page, broker }) => {
    broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
    const { id } = broker.agents.find('edge-runner');
    await fleetPage(page).goto();
    await expect(fleetPage(page).create).toHaveAccessibleDescription(/This takes an admin; you are a viewer/);
    await page.goto(`/fleet/${id}`);
    const agent = agentPage(page);
    await expect(agent.deactivate).toHaveAccessibleDescription(/This takes an operator; you are a viewer/);
    await agent.deactivate.click({ force: true });
    await expect(page.getByRole('dialog')).toBeHidden();

    const refused = await page.evaluate(async (path) => {
      const response = await fetch(path, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-console': 'action', 'idempotency-key': crypto.randomUUID(), 'if-match': '"x"' },
        body: '{"status":"INACTIVE"}',
      });
      return { status: response.status, problem: (await response.json()) as unknown };
    }, `/api/agents/${id}/status`);
    expect(refused).toMatchObject({ status: 403, problem: { code: 'role_required', needs: 'operator' } });
    expect(broker.agents.find('edge-runner').status).toBe('ACTIVE');
  });

  test('is told that the audit is for admins', async ({ page }) => {
    await page.goto('/audit');
    await expect(page.getByText('Only an admin may read this')).toBeVisible();
  });
});

test.describe('an operator', () => {
  test.use({ role: 'operator' });

  test('activates, but does not rename or delete', async ({ page, broker }) => {
    broker.seed({ agents: [anAgent({ name: 'edge-runner', status: 'INACTIVE' })] });
    const agent = agentPage(page);
    await page.goto(`/fleet/${broker.agents.find('edge-runner').id}`);
    await agent.activate.click();
    await expect(agent.deactivate).toBeVisible();
    await page.getByRole('button', { name: 'Actions on edge-runner' }).click();
    const rename = page.getByRole('menuitem', { name: 'Rename…' });
    await expect(rename).toHaveAttribute('aria-disabled', 'true');
    await expect(rename).toContainText('This takes an admin; you are an operator');
  });
});

test('the theme is chosen in the person menu and is still there after a reload', async ({ page }) => {
  await page.goto('/fleet');
  await shell(page).choose('Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
