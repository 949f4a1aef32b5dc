import { aConfigMap, aDeployment, aGenerator, anAgent, anEvent, aHealthRecord, aStack } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { shell } from './pages/shell.ts';
import { stackPage } from './pages/stack-page.ts';
import { createStackDialog, stacksPage } from './pages/stacks-page.ts';

const payments = aGenerator({ name: 'payments' });
const reached = (name: string, more = {}) => anAgent({ name, labels: ['tier:gold'], generators: ['payments'], ...more });

test('a stack is created under its tenant; a name that is taken is refused beside the field and stays', async ({ page, broker }) => {
  broker.seed({ generators: [payments], stacks: [aStack({ name: 'ledger', generator: 'payments' })] });
  const stacks = stacksPage(page);
  await stacks.goto();
  await stacks.create.click();
  const dialog = createStackDialog(page);
  await dialog.fill('ledger', 'payments');
  await dialog.submit.click();
  await expect(dialog.name).toHaveAccessibleErrorMessage(/taken|already/i);
  await expect(dialog.name).toHaveValue('ledger');

  await dialog.name.fill('ledger-next');
  await dialog.description.fill('The one after');
  await dialog.submit.dblclick();
  await expect(stackPage(page).title).toHaveText('ledger-next');
  await expect(page.getByText('Nothing submitted yet')).toBeVisible();
  expect(broker.count.of('POST /api/v1/stacks')).toBe(2); // the one that was refused, and this one once
  await stackPage(page).tab('History').click();
  await expect(stackPage(page).rowWith('created the stack')).toBeVisible();
});

test('an edit changes what was meant to change, and somebody who was faster is shown', async ({ page, broker, openAs }) => {
  test.slow(); // two browsers, one after the other
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', description: 'Ledger, EU', labels: ['tier:gold'] })] });
  const id = stacks[0]?.id ?? '';
  const stack = stackPage(page);
  await stack.goto(id);
  await stack.act('ledger', 'Edit…');
  const mine = stack.dialog('Edit ledger');
  await mine.getByRole('textbox', { name: 'Description' }).fill('mine');

  const other = await openAs('operator');
  await stackPage(other).goto(id);
  await stackPage(other).act('ledger', 'Edit…');
  const theirs = stackPage(other).dialog('Edit ledger');
  await theirs.getByRole('textbox', { name: 'Name' }).fill('ledger-eu');
  await theirs.getByRole('button', { name: 'Save' }).click();
  await expect(stackPage(other).title).toHaveText('ledger-eu');
  await expect(other.getByText('Ledger, EU').first()).toBeVisible();

  await mine.getByRole('button', { name: 'Save' }).click();
  await expect(mine.getByRole('alert').first()).toContainText('changed meanwhile');
  await expect(mine.getByRole('table')).toContainText('ledger-eu');
  await expect(mine.getByRole('textbox', { name: 'Description' })).toHaveValue('mine');
  await expect(mine.getByRole('textbox', { name: 'Name' })).toHaveValue('ledger-eu'); // untouched here: theirs stands
  await mine.getByRole('button', { name: 'Send mine on top' }).click();
  await expect(mine).toBeHidden();
  await expect(stack.title).toHaveText('ledger-eu');
  await expect(page.getByText('mine').first()).toBeVisible();
});

test('deleting says how many agents lose it and what goes on running, takes a typed name, and leaves a tombstone', async ({
  page,
  broker,
  console,
}) => {
  const { stacks } = broker.seed({
    generators: [payments],
    stacks: [aStack({ name: 'ledger', generator: 'payments', labels: ['tier:gold'] })],
    agents: [reached('edge-1'), reached('edge-2'), anAgent({ name: 'elsewhere' })],
  });
  const id = stacks[0]?.id ?? '';
  await console.knowReach();
  const stack = stackPage(page);
  await stack.goto(id);
  await expect(page.getByRole('link', { name: '2 agents in 1 cluster' })).toBeVisible();
  await stack.act('ledger', 'Delete…');
  const dialog = stack.dialog('Delete ledger?');
  await expect(dialog).toContainText('2 agents lose it');
  await expect(dialog).toContainText('goes on running with nobody watching');
  await dialog.getByRole('textbox', { name: 'Type ledger to confirm' }).fill('ledge');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('the tenant moved out');
  await dialog.getByRole('button', { name: 'Delete stack' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Type ledger to confirm' })).toHaveAccessibleErrorMessage('This is not ledger.');
  expect(broker.count.of('DELETE /api/v1/stacks/{id}')).toBe(0);
  await dialog.getByRole('textbox', { name: 'Type ledger to confirm' }).fill('ledger');
  await dialog.getByRole('button', { name: 'Delete stack' }).click();
  await expect(shell(page).title).toHaveText('Stacks');
  await expect(page.getByText('No stacks yet')).toBeVisible();

  await stack.goto(id);
  await expect(page.getByText('This stack was deleted')).toBeVisible();
  await expect(page.getByText('Reason: the tenant moved out')).toBeVisible();
});

test('a deletion marker names the objects that go, is empty, and becomes the current revision', async ({ page, broker }) => {
  const { stacks } = broker.seed({
    stacks: [
      aStack({ name: 'ledger', revisions: [`${aConfigMap('ledger')}---\n${aDeployment('ledger', 'registry.example.test/ledger:1')}`] }),
    ],
  });
  const id = stacks[0]?.id ?? '';
  const stack = stackPage(page);
  await stack.goto(id);
  await stack.act('ledger', 'Submit deletion marker…');
  const dialog = stack.dialog('Submit a deletion marker for ledger?');
  await expect(dialog).toContainText('2 objects of revision 1 go');
  await expect(dialog).toContainText('ConfigMap');
  await expect(dialog).toContainText('Deployment');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('it is retired');
  await dialog.getByRole('button', { name: 'Submit deletion marker' }).dblclick();
  await expect(dialog).toBeHidden();
  await expect(stack.stops.first()).toContainText('deletion marker');
  const [newest, ...before] = await broker.revisions(id);
  expect(newest).toMatchObject({ is_deletion_marker: true, yaml_content: '' });
  expect(before).toHaveLength(1);
  await page.getByRole('button', { name: 'Actions on ledger' }).click();
  await expect(page.getByRole('menuitem', { name: 'Submit deletion marker…' })).toContainText('is a deletion marker already');
});

test('a deletion marker decided on an older revision is not sent: the newer one is shown with what it names', async ({ page, broker }) => {
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger' })] });
  const id = stacks[0]?.id ?? '';
  const stack = stackPage(page);
  await stack.goto(id);
  await stack.act('ledger', 'Submit deletion marker…');
  const dialog = stack.dialog('Submit a deletion marker for ledger?');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('it is retired');
  await expect(dialog).toContainText('1 object of revision 1 goes');
  await broker.submit(id, `${aConfigMap('ledger')}---\n${aDeployment('ledger', 'registry.example.test/ledger:2')}`);
  await dialog.getByRole('button', { name: 'Submit deletion marker' }).click();
  await expect(dialog.getByRole('alert').first()).toContainText('Revision 2 was submitted meanwhile');
  await expect(dialog).toContainText('2 objects of revision 2 go');
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue('it is retired');
  expect(await broker.revisions(id)).toHaveLength(2);
});

test('revisions are paged, and a text is read only when it is opened', async ({ page, broker }) => {
  const { stacks } = broker.seed({
    stacks: [aStack({ name: 'ledger', revisions: Array.from({ length: 30 }, (_, index) => aConfigMap('ledger', `mode-${index + 1}`)) })],
  });
  const stack = stackPage(page);
  await stack.goto(stacks[0]?.id ?? '');
  await expect(stack.stop(30)).toContainText('current');
  const shown = await stack.stops.count();
  await page.getByRole('button', { name: 'Older revisions' }).click();
  await expect(stack.stops.first()).toContainText(String(30 - shown));
  await expect(page).toHaveURL(/offset=/);

  const read: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/revisions/')) read.push(request.url());
  });
  await stack.stop(30 - shown - 1).click();
  const drawer = stack.drawer(`Revision ${30 - shown - 1}`);
  await expect(drawer).toContainText(`MODE: "mode-${30 - shown - 1}"`);
  await expect(page).toHaveURL(/open=/);
  expect(read).toHaveLength(1);
  await page.keyboard.press('ArrowDown');
  await expect(stack.drawer(`Revision ${30 - shown - 2}`)).toContainText(`MODE: "mode-${30 - shown - 2}"`);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/open=/);
});

test('what agents made of it: by cluster and state, by cause in their own words, each number a link to the agents behind it', async ({
  page,
  broker,
  console,
}) => {
  await broker.reset('mid-rollout');
  await console.knowReach();
  const stack = stackPage(page);
  await stack.goto(await broker.stackId('ledger'));
  await expect(stack.state).toContainText('refused');
  await expect(page.getByRole('columnheader', { name: 'Refused' })).toBeVisible();
  await expect(stack.causes).toContainText('3 refused it');
  await expect(stack.causes.getByRole('row', { name: 'edge-runner' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/\brunning\b/i);

  await stack.cell(2, 'refused', 'edge-eu').click();
  await expect(page).toHaveURL(/filter=state.*filter=cluster|filter=cluster.*filter=state/);
  await expect(stack.agents).toHaveCount(2);
  await page.getByRole('button', { name: 'Answer and health of store-ber-01' }).click();
  await expect(stack.drawer('store-ber-01')).toContainText('admission webhook denied the request');
  await page.keyboard.press('Escape');
  await stack.rowWith('store-ber-01').getByRole('link').first().click();
  await expect(agentPage(page).title).toHaveText('store-ber-01');
});

test('health by object counts every agent the stack reaches, and one click leads to those where an object is not ready', async ({
  page,
  broker,
  console,
}) => {
  const agents = Array.from({ length: 60 }, (_, at) => `store-${String(at).padStart(2, '0')}`);
  const { stacks } = broker.seed({
    generators: [payments],
    stacks: [
      aStack({
        name: 'ledger',
        generator: 'payments',
        labels: ['tier:gold'],
        revisions: [aDeployment('ledger', 'registry.example.test/ledger:1')],
      }),
    ],
    agents: agents.map((name) => reached(name)),
    health: agents
      .slice(0, 58)
      .map((agent, at) => aHealthRecord({ agent, stack: 'ledger', status: at % 20 === 0 ? 'degraded' : 'healthy' })),
  });
  await console.knowReach();
  const stack = stackPage(page);
  await stack.goto(stacks[0]?.id ?? '', '/health');
  await expect(page.getByText('58 of 60 agents have a record')).toBeVisible();
  await expect(stack.objects).toHaveCount(1);
  await expect(stack.objects.first()).toContainText(/Pod ledger\/ledger-….*3.*0.*55.*2.*back-off/);
  await page.getByRole('link', { name: '3 agents: Pod ledger/ledger-… not ready' }).click();
  await expect(stack.healthOfAgents).toHaveText([/^store-00/, /^store-20/, /^store-40/]);
  await page.getByRole('link', { name: '2 agents: Pod ledger/ledger-… not named' }).click();
  await expect(stack.healthOfAgents).toHaveText([/^store-58.*no record/, /^store-59.*no record/]);
});

test('applied is not called healthy before a record says so', async ({ page, broker, console }) => {
  const { stacks } = broker.seed({
    generators: [payments],
    stacks: [aStack({ name: 'ledger', generator: 'payments', labels: ['tier:gold'] })],
    agents: [reached('said-so'), reached('confirmed'), reached('no-word')],
    events: ['said-so', 'confirmed'].map((agent) => anEvent({ agent, stack: 'ledger', ageSeconds: 900 })),
    health: [aHealthRecord({ agent: 'confirmed', stack: 'ledger' })],
  });
  await console.knowReach();
  const stack = stackPage(page);
  await stack.goto(stacks[0]?.id ?? '', '/agents?sort=name');
  for (const [name, word] of [
    ['said-so', 'applied, unconfirmed'],
    ['confirmed', 'healthy'],
    ['no-word', 'pending'],
  ] as const) {
    await expect(
      stack.agents
        .and(page.getByRole('row', { name, exact: true }))
        .getByText(word, { exact: true })
        .first(),
    ).toBeVisible();
  }
});

test('a label given to a stack reaches its agents, and taking it off can be undone', async ({ page, broker, console }) => {
  const { stacks } = broker.seed({
    generators: [payments],
    stacks: [aStack({ name: 'ledger', generator: 'payments' })],
    agents: [reached('edge-1'), reached('edge-2')],
  });
  await console.knowReach();
  const stack = stackPage(page);
  await stack.goto(stacks[0]?.id ?? '', '/labels');
  await expect(page.getByRole('link', { name: '0 agents', exact: true })).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Label' });
  await field.fill('tier:gold');
  await page.getByRole('button', { name: 'Add label' }).click();
  await expect(page.getByRole('button', { name: 'Remove tier:gold' })).toBeVisible();
  await expect(page.getByRole('link', { name: '2 agents in 1 cluster' })).toBeVisible({ timeout: 15_000 });

  await page.getByRole('button', { name: 'Remove tier:gold' }).click();
  const asked = stack.dialog('Remove tier:gold from ledger?');
  await expect(asked).toContainText('Up to 2 agents lose the stack');
  await asked.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByRole('button', { name: 'Remove tier:gold' })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Remove tier:gold' })).toBeVisible();
  await stack.tab('Annotations').click();
  await page.getByRole('textbox', { name: 'Key' }).fill('site');
  await page.getByRole('textbox', { name: 'Value' }).fill('hall-3');
  await page.getByRole('button', { name: 'Add annotation' }).click();
  await expect(page.getByRole('button', { name: 'Remove site' })).toBeVisible();
});

test('a target is set from the stack’s side; without consent it is refused with the way to give it', async ({ page, broker, console }) => {
  const { stacks } = broker.seed({
    generators: [payments],
    stacks: [aStack({ name: 'ledger', generator: 'payments' })],
    agents: [anAgent({ name: 'consenting', generators: ['payments'] }), anAgent({ name: 'stranger' })],
  });
  await console.knowReach();
  const stack = stackPage(page);
  await stack.goto(stacks[0]?.id ?? '', '/targets');
  const agent = page.getByRole('combobox', { name: 'Agent' }).or(page.getByRole('textbox', { name: 'Agent' }));
  await agent.click();
  await page.getByRole('option', { name: 'stranger' }).click();
  await page.getByRole('button', { name: 'Add target' }).click();
  await expect(page.getByText('stranger is not registered with payments')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open its registrations' })).toBeVisible();

  await agent.click();
  await page.getByRole('option', { name: 'consenting' }).click();
  await page.getByRole('button', { name: 'Add target' }).click();
  await expect(stack.rowWith('consenting')).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Actions for consenting' }).click();
  await page.getByRole('menuitem', { name: 'Remove target…' }).click();
  await stack
    .dialog(/Remove consenting from the targets/)
    .getByRole('button', { name: 'Remove target' })
    .click();
  await expect(stack.rowWith('consenting')).toBeHidden({ timeout: 15_000 });
});

test('the list tells state, revision, reach and labels; label and generator filter it, and the filters are the address', async ({
  page,
  broker,
  console,
}) => {
  broker.seed({
    generators: [payments],
    stacks: [
      aStack({
        name: 'ledger',
        generator: 'payments',
        labels: ['tier:gold'],
        revisions: [aConfigMap('ledger'), aConfigMap('ledger', 'off')],
      }),
      aStack({ name: 'waiting', generator: 'payments', labels: ['tier:none'] }),
      aStack({ name: 'ingress', generator: 'platform' }),
      aStack({ name: 'blank', generator: 'platform', revisions: [] }),
    ],
    agents: [reached('edge-1'), reached('edge-2')],
    events: [anEvent({ agent: 'edge-1', stack: 'ledger', status: 'FAILURE', message: 'denied' })],
  });
  await console.knowReach();
  const stacks = stacksPage(page);
  await stacks.goto();
  await expect(stacks.rows).toHaveCount(4);
  await expect(stacks.row('ledger')).toContainText(/refused.*2.*payments.*tier:gold/);
  await expect(stacks.row('waiting')).toContainText('reaches nobody');
  await expect(stacks.row('blank')).toContainText('none yet');
  await stacks.sortBy('Reached');
  await expect(stacks.rows.first()).toHaveAccessibleName('ledger');
  await stacks.filter('label', 'tier:gold');
  await expect(stacks.rows).toHaveCount(1);
  const shared = page.url();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await stacks.filter('generator', 'platform');
  await expect(stacks.rows).toHaveCount(2);
  await page.goto(shared);
  await expect(stacks.rows).toHaveCount(1);
});

test('the broker dies under a stack page: what was read stays, with its age, and is read again by itself', async ({
  page,
  broker,
  console,
  faults,
}) => {
  faults.expect(503, 502, 504);
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger' })] });
  await page.clock.install();
  const stack = stackPage(page);
  await stack.goto(stacks[0]?.id ?? '');
  await expect(stack.stop(1)).toBeVisible();
  await broker.kill();
  await page.clock.runFor(10_500);
  await expect(shell(page).link).toContainText('Broker out of reach since');
  await expect(stack.stop(1)).toBeVisible();
  await expect(page.getByText(/As of .* ago/).first()).toBeVisible();
  await expect(stack.state).not.toContainText('healthy');

  await broker.revive();
  await broker.submit(stacks[0]?.id ?? '', aConfigMap('ledger', 'off'));
  await console.readsAgain('/api/stacks', `/api/stacks/${stacks[0]?.id}`);
  await page.clock.runFor(20_500);
  await expect(stack.stop(2)).toBeVisible();
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('reads why a stack’s controls are off, and the server refuses the same calls', async ({ page, broker }) => {
    const { stacks } = broker.seed({
      stacks: [aStack({ name: 'ledger', revisions: [aConfigMap('ledger'), aConfigMap('ledger', 'off')] })],
    });
    const id = stacks[0]?.id ?? '';
    await stacksPage(page).goto();
    await expect(stacksPage(page).create).toHaveAccessibleDescription(/This takes an operator; you are a viewer/);
    await stackPage(page).goto(id);
    for (const name of ['Submit a revision', 'Roll back…']) {
      await expect(page.getByRole('button', { name })).toHaveAccessibleDescription(/This takes an operator; you are a viewer/);
    }
    await expect(stackPage(page).compare).toBeVisible(); // reading is for everybody
    await page.getByRole('button', { name: 'Actions on ledger' }).click();
    for (const name of ['Edit…', 'Submit deletion marker…', 'Delete…'])
      await expect(page.getByRole('menuitem', { name })).toHaveAttribute('aria-disabled', 'true');

    const statuses = await page.evaluate(async (stackId) => {
      const headers = {
        'content-type': 'application/json',
        'x-console': 'action',
        'idempotency-key': crypto.randomUUID(),
        'if-match': '"none"',
      };
      const ask = (method: string, path: string, body: unknown) =>
        fetch(path, { method, headers, body: JSON.stringify(body) }).then(({ status }) => status);
      return Promise.all([
        ask('POST', `/api/stacks/${stackId}/revisions`, { yaml: 'a: b' }),
        ask('POST', `/api/stacks/${stackId}/deletion-marker`, { reason: 'because' }),
        ask('POST', `/api/stacks/${stackId}/preview`, { yaml: 'a: b' }),
        ask('PATCH', `/api/stacks/${stackId}`, { name: 'other' }),
        ask('DELETE', `/api/stacks/${stackId}`, { reason: 'because' }),
      ]);
    }, id);
    expect(statuses).toEqual([403, 403, 403, 403, 403]);
    expect(await broker.revisions(id)).toHaveLength(2);
  });
});
