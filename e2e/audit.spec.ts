import { anAgent } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { auditPage } from './pages/audit-page.ts';
import { shell } from './pages/shell.ts';

test('a change is on record with who, what, before and after, at an address of its own', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const { id } = broker.agents.find('edge-runner');
  await page.goto(`/fleet/${id}`);
  const agent = agentPage(page);
  await agent.act('edge-runner', 'Rename…');
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await agent.dialog('Rename edge-runner').getByRole('textbox', { name: 'Name' }).fill('edge-renamed');
  await agent.dialog('Rename edge-runner').getByRole('button', { name: 'Rename' }).click();
  const requestId = (await answered).headers()['x-request-id'] ?? '';
  expect(requestId).toMatch(/^rq_[0-9a-f]{16}$/);

  const audit = auditPage(page);
  await audit.goto(`?q=${requestId}`);
  await expect(audit.rows).toHaveCount(1);
  await audit.rows.first().getByRole('button').first().click();
  const drawer = audit.drawer.first();
  await expect(drawer).toContainText('agent.renamed');
  await expect(drawer).toContainText(requestId);
  await expect(drawer).toContainText('edge-runner');
  await expect(drawer).toContainText('edge-renamed');
  await expect(page).toHaveURL(/open=\d+/);
  await page.reload();
  await expect(audit.drawer.first()).toContainText('edge-renamed');
  await page.keyboard.press('Escape');
  await expect(audit.drawer).toHaveCount(0);
});

test('what was denied is on record too, found by a filter that is the address', async ({ page, broker, console, openAs }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await console.people.make('viewer'); // whose setup is among the newest records, whatever was done here before
  const viewer = await openAs('viewer');
  await viewer.goto('/fleet');
  await expect(shell(viewer).person).toBeVisible();
  await viewer.evaluate(() =>
    fetch('/api/agents', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-console': 'action', 'idempotency-key': crypto.randomUUID() },
      body: '{}',
    }),
  );
  const audit = auditPage(page);
  await audit.goto();
  await audit.filter('outcome', 'denied');
  await expect(audit.rowWith('authz.access.denied').first()).toBeVisible();
  await expect(page).toHaveURL(/outcome=denied/);
  await expect(audit.rowWith('admin.setup.completed')).toHaveCount(0);
  await page.goBack();
  await expect(audit.rowWith('admin.setup.completed').first()).toBeVisible();
});

test('the broker’s own record stands apart and says what it is worth', async ({ page, broker }) => {
  await broker.reset('default');
  const audit = auditPage(page);
  await audit.goto();
  await audit.source('Broker’s own').click();
  await expect(page.getByText('best effort')).toBeVisible();
  await expect(page.getByText('agent.created').first()).toBeVisible();
});
