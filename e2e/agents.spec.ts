import { aGenerator, anAgent, anEvent, aStack } from '#simulator/builders.ts';
import { keptInBrowser, paksIn } from './canary.ts';
import { copiedText } from './clipboard.ts';
import { keptWith } from './drafts.ts';
import { expect, giveSession, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { createAgentDialog, fleetPage, keyDialog } from './pages/fleet-page.ts';
import { shell } from './pages/shell.ts';

test('a new agent’s key is shown once, is gone after a reload, and the agent waits for its activation', async ({
  page,
  broker,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/fleet');
  await fleetPage(page).create.first().click();
  const dialog = createAgentDialog(page);
  await dialog.fill('edge-new', 'fra-prod-1');
  await dialog.submit.click();

  const shown = keyDialog(page);
  const pak = await shown.key.inputValue();
  expect(paksIn(pak, [])).toEqual([pak]);
  await shown.done.click(); // not copied yet: it asks
  await expect(shown.dialog.getByText('The key has not been copied')).toBeVisible();
  await shown.dialog.getByRole('button', { name: 'Keep it open' }).click();
  await shown.copy.click();
  await expect(shown.dialog).not.toContainText('Copy it before you close');
  expect(await copiedText(page)).toBe(pak);
  await shown.done.click();
  const agent = agentPage(page);
  await expect(agent.title).toHaveText('edge-new');
  expect(broker.agents.find('edge-new').status).toBe('INACTIVE');

  await page.reload();
  await expect(agent.title).toHaveText('edge-new');
  expect(paksIn(await keptInBrowser(page), [pak])).toEqual([]);

  await agent.activate.click();
  await expect(agent.deactivate).toBeVisible();
  expect(broker.agents.find('edge-new').status).toBe('ACTIVE');
});

test('a double click is one change, and so is a repeat after a lost answer', async ({ page, broker, faults }) => {
  await page.goto('/fleet');
  await fleetPage(page).create.first().click();
  const dialog = createAgentDialog(page);
  await dialog.fill('edge-once', 'fra-prod-1');
  await dialog.submit.dblclick();
  await expect(keyDialog(page).dialog).toBeVisible();
  expect(broker.count.of('POST /api/v1/agents')).toBe(1);
  await keyDialog(page).done.click();
  await page.getByRole('button', { name: 'Close without the key' }).click();
  await expect(agentPage(page).title).toHaveText('edge-once');

  faults.expect(504);
  broker.faults.set({ match: 'PUT /api/v1/agents/{id}', outcome: 'reset_after', times: 1 });
  await agentPage(page).activate.click();
  await expect(shell(page).notifications).toContainText('outcome_unknown');
  await expect(agentPage(page).deactivate).toBeVisible(); // it reads again instead of sending again
  expect(broker.count.of('PUT /api/v1/agents/{id}')).toBe(1);
});

test('labels: added, refused beside the field with the text kept, removed and brought back', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner', labels: ['region:fra'] })] });
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}/labels`);
  const field = page.getByRole('textbox', { name: 'Label' });
  const add = page.getByRole('button', { name: 'Add label' });
  await field.fill('tier:gold');
  await add.click();
  await expect(page.getByRole('button', { name: 'Remove tier:gold' })).toBeVisible();
  await expect(field).toHaveValue('');

  await field.fill('has a space');
  await add.click();
  await expect(field).toHaveAccessibleErrorMessage(/space/i);
  await expect(field).toHaveValue('has a space');
  broker.faults.set({ match: 'POST /api/v1/agents/{id}/labels', outcome: { status: 400 }, times: 1 });
  await field.fill('broker-says-no');
  await add.click();
  await expect(page.getByText('broker_refused').first()).toBeVisible();
  await expect(field).toHaveValue('broker-says-no');

  await page.getByRole('button', { name: 'Remove tier:gold' }).click();
  await expect(page.getByRole('button', { name: 'Remove tier:gold' })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Remove tier:gold' })).toBeVisible();
});

test('annotations: key and value are added and removed', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}/annotations`);
  await page.getByRole('textbox', { name: 'Key' }).fill('site');
  await page.getByRole('textbox', { name: 'Value' }).fill('hall-3');
  await page.getByRole('button', { name: 'Add annotation' }).click();
  const annotations = page.getByRole('list', { name: 'Annotations' });
  await expect(annotations.getByText('hall-3')).toBeVisible();
  await page.getByRole('button', { name: 'Remove site' }).click();
  await expect(page.getByRole('button', { name: 'Remove site' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
});

test('a stack is targeted only after consent, and deregistering tells what goes with it', async ({ page, broker }) => {
  broker.seed({
    generators: [aGenerator({ name: 'payments' })],
    stacks: [aStack({ name: 'ledger', generator: 'payments' })],
    agents: [anAgent({ name: 'edge-runner' })],
  });
  const { id } = broker.agents.find('edge-runner');
  const agent = agentPage(page);
  await page.goto(`/fleet/${id}/registrations`);
  await page
    .getByRole('combobox', { name: 'Generator' })
    .or(page.getByRole('textbox', { name: 'Generator' }))
    .click();
  await page.getByRole('option', { name: 'payments' }).click();
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(agent.rowWith('payments')).toBeVisible();

  await agent.tab('Targets').click();
  await page
    .getByRole('combobox', { name: 'Stack' })
    .or(page.getByRole('textbox', { name: 'Stack' }))
    .click();
  await page.getByRole('option', { name: 'ledger' }).click();
  await page.getByRole('button', { name: 'Add target' }).click();
  await expect(agent.rowWith('ledger')).toBeVisible();

  await agent.tab('Registrations').click();
  await page.getByRole('button', { name: 'Actions for payments' }).click();
  await page.getByRole('menuitem', { name: /Deregister/ }).click();
  const dialog = agent.dialog(/Deregister edge-runner from payments/);
  await expect(dialog).toContainText('1 explicit target');
  await dialog.getByRole('button', { name: 'Deregister' }).click();
  await expect(agent.rowWith('payments')).toBeHidden();
  await agent.tab('Targets').click();
  await expect(page.getByText('No explicit targets')).toBeVisible();
});

test('deactivating tells what it does not do; activating again needs no question', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const agent = agentPage(page);
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}`);
  await agent.deactivate.click();
  const dialog = agent.dialog('Deactivate edge-runner?');
  await expect(dialog).toContainText('Nothing is rolled back');
  await dialog.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await expect(agent.activate).toBeVisible();
  expect(broker.agents.find('edge-runner').status).toBe('INACTIVE');
  await agent.activate.click();
  await expect(agent.deactivate).toBeVisible();
});

test('rotating asks for a reason and shows the new key once', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const agent = agentPage(page);
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}`);
  await agent.act('edge-runner', 'Rotate key…');
  const dialog = agent.dialog(/Rotate the key of edge-runner/);
  await dialog.getByRole('button', { name: 'Rotate key' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleErrorMessage(/why/i);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('laptop was stolen');
  await dialog.getByRole('button', { name: 'Rotate key' }).click();
  const pak = await keyDialog(page).key.inputValue();
  expect(paksIn(pak, [])).toEqual([pak]);
  await keyDialog(page).done.click();
  await page.getByRole('button', { name: 'Close without the key' }).click();
  await expect(page.locator('html')).not.toContainText(pak);
  await agent.tab('History').click();
  await expect(agent.rowWith('laptop was stolen')).toBeVisible();
});

test('deleting takes a typed name and a reason, and leaves a tombstone', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const { id } = broker.agents.find('edge-runner');
  const agent = agentPage(page);
  await page.goto(`/fleet/${id}`);
  await agent.act('edge-runner', 'Delete…');
  const dialog = agent.dialog('Delete edge-runner?');
  await dialog.getByRole('textbox', { name: 'Type edge-runner to confirm' }).fill('edge-runne');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('cluster was given back');
  await dialog.getByRole('button', { name: 'Delete agent' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Type edge-runner to confirm' })).toHaveAccessibleErrorMessage(/edge-runner/);
  expect(broker.count.of('DELETE /api/v1/agents/{id}')).toBe(0);
  await dialog.getByRole('textbox', { name: 'Type edge-runner to confirm' }).fill('edge-runner');
  await dialog.getByRole('button', { name: 'Delete agent' }).click();
  await expect(page).toHaveURL(/\/fleet$/);
  await expect(page.getByText('No agents yet')).toBeVisible();
  await page.goto(`/fleet/${id}`);
  await expect(page.getByText('cluster was given back').first()).toBeVisible();
});

test('the cause comes first, with the agent’s own words and a way to its events', async ({ page, broker }) => {
  broker.seed({
    stacks: [aStack({ name: 'ledger' })],
    agents: [anAgent({ name: 'edge-runner', targets: ['ledger'] })],
    events: [anEvent({ agent: 'edge-runner', stack: 'ledger', status: 'FAILURE', message: 'admission webhook denied the request' })],
  });
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}`);
  await expect(agentPage(page).state).toContainText('apply failed');
  await expect(page.getByText('admission webhook denied the request').first()).toBeVisible();
  await agentPage(page).tab('Events').click();
  await expect(agentPage(page).rowWith('admission webhook denied')).toBeVisible();
});

test('somebody was faster: both values are shown, the text is kept, and it can be sent on top', async ({
  page,
  broker,
  console,
  openAs,
}) => {
  test.slow(); // two browsers, one after the other
  broker.seed({ agents: [anAgent({ name: 'edge-runner', clusterName: 'fra-prod-1' })] });
  const path = `/fleet/${broker.agents.find('edge-runner').id}`;
  const agent = agentPage(page);
  await page.goto(path);
  await agent.act('edge-runner', 'Rename…');
  const mine = agent.dialog('Rename edge-runner');
  await mine.getByRole('textbox', { name: 'Name' }).fill('mine');

  const other = await openAs(null);
  await giveSession(other.context(), console, (await console.people.make('admin')).cookie); // one’s own draft would come along
  await other.goto(path);
  await agentPage(other).act('edge-runner', 'Rename…');
  const theirs = agentPage(other).dialog('Rename edge-runner');
  await theirs.getByRole('textbox', { name: 'Name' }).fill('theirs');
  await theirs.getByRole('button', { name: 'Rename' }).click();
  await expect(agentPage(other).title).toHaveText('theirs');

  await mine.getByRole('button', { name: 'Rename' }).click();
  await expect(mine.getByRole('alert').first()).toContainText('changed meanwhile');
  await expect(mine.getByRole('table')).toContainText('theirs');
  await expect(mine.getByRole('textbox', { name: 'Name' })).toHaveValue('mine');
  expect(broker.agents.all()[0]?.name).toBe('theirs');
  await mine.getByRole('button', { name: 'Send mine on top' }).click();
  await expect(agent.title).toHaveText('mine');
});

test('what is typed in one tab is there in the next', async ({ page, context, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  await page.goto('/fleet?create=agent');
  const saved = keptWith(page, 'lab-1');
  await createAgentDialog(page).fill('half-typed', 'lab-1');
  await createAgentDialog(page).cluster.blur();
  await saved;
  const second = await context.newPage();
  await second.goto('/fleet?create=agent');
  await expect(createAgentDialog(second).name).toHaveValue('half-typed');
  await expect(createAgentDialog(second).cluster).toHaveValue('lab-1');
});
