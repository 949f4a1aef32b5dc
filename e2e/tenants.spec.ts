import { aConfigMap, aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { palette } from './pages/palette.ts';
import { scope } from './pages/scope.ts';
import { shell } from './pages/shell.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { stackPage } from './pages/stack-page.ts';
import { stacksPage } from './pages/stacks-page.ts';

const redPak = 'brokkr_BRe2ered_5Tn8WqLpVx3ZbYkR7mHcJ2dGfS9uEa4Q';
const world = {
  generators: [aGenerator({ name: 'red', pak: redPak }), aGenerator({ name: 'blue' })],
  stacks: [
    aStack({ name: 'red-shop', generator: 'red', revisions: [aConfigMap('shop'), aConfigMap('shop', 'off')] }),
    aStack({ name: 'blue-bank', generator: 'blue' }),
  ],
  agents: [
    anAgent({ name: 'red-one', generators: ['red'] }),
    anAgent({ name: 'blue-one', generators: ['blue'], clusterName: 'lab-blue' }),
    anAgent({ name: 'shared', generators: ['red', 'blue'], heartbeatAgeSeconds: 3_600 }),
  ],
};

test('a tenant scope is in the address, narrows the lists, says how much it hides, and goes along', async ({ page, broker }) => {
  broker.seed(world);
  const fleet = fleetPage(page);
  await fleet.goto();
  await expect(fleet.rows).toHaveCount(3);
  await scope(page).choose('red');
  await expect(fleet.rows).toHaveCount(2);
  await expect(page.getByText('1 agent hidden by scope')).toBeVisible();
  await expect(page).toHaveURL(/tenant=/);
  await shell(page).navigation.getByRole('link', { name: 'Stacks' }).click();
  await expect(stacksPage(page).rows).toHaveCount(1);
  await expect(page.getByText(/^1 .*hidden by/)).toBeVisible();
  await palette(page).open();
  await page.keyboard.type('one');
  await expect(palette(page).option(/red-one/)).toBeVisible();
  await expect(palette(page).option(/blue-one/)).toBeHidden();
  await expect(page.getByText('1 more result hidden by scope')).toBeVisible();
  await page.keyboard.press('Escape');

  const shared = page.url();
  await scope(page).choose('All tenants');
  await expect(stacksPage(page).rows).toHaveCount(2);
  await expect(page).not.toHaveURL(/tenant=/);
  await page.goto(shared);
  await expect(scope(page).chip).toHaveAccessibleName(/red/);
  await expect(stacksPage(page).rows).toHaveCount(1);
});

test.describe('with a generator’s key', () => {
  test.use({ role: null });

  test('one sees one’s own world alone, works in it, and is told what the key cannot read', async ({ page, broker }) => {
    const { stacks, agents } = broker.seed(world);
    const [ownStack, foreign] = stacks.map(({ id }) => id);
    await page.goto('/');
    const signIn = signInPage(page);
    await signIn.withKey.click();
    await signIn.key.fill(redPak);
    await signIn.yourName.fill('Kim');
    await signIn.submit.click();
    await expect(shell(page).person).toHaveAccessibleName('Kim, operator');
    await expect(scope(page).chip).toHaveAccessibleName('Your key: red');

    const fleet = fleetPage(page);
    await expect(fleet.rows).toHaveCount(2);
    await expect(fleet.row('blue-one')).toBeHidden();
    await expect(fleet.row('shared')).toContainText('silent'); // its record says so
    await expect(fleet.row('red-one')).not.toContainText('active'); // the broker does not tell this key whether anything is wrong
    await expect(page.getByText(/Your key does not show/)).toBeVisible();
    await page.goto(`/fleet/${agents[0]?.id}`);
    await expect(page.getByText(/Your key shows the record of this agent/)).toBeVisible();
    const own = page.getByRole('form', { name: 'Add target' });
    await own.getByRole('combobox', { name: 'Stack' }).click();
    await page.getByRole('option', { name: /red-shop/ }).click();
    await own.getByRole('button', { name: 'Add target' }).click();
    await expect(page.getByText('red-shop now targets red-one')).toBeVisible();
    await page.goto(`/fleet/${agents[1]?.id}`);
    await expect(page.getByText('There is no agent with this id')).toBeVisible();

    await shell(page).navigation.getByRole('link', { name: 'Stacks' }).click();
    await expect(stacksPage(page).rows).toHaveCount(1);
    await stacksPage(page).link('red-shop').click();
    await expect(stackPage(page).stop(3)).toBeVisible(); // numbers are the broker’s: 2 is the other tenant’s
    await stackPage(page).tab('Agents').click();
    await expect(page.getByText(/the broker shows this to admin keys only/)).toBeVisible();
    await stackPage(page).tab('Targets').click();
    await expect(page.getByText('Which agents are targets is not shown to you')).toBeVisible();
    const target = page.getByRole('form', { name: 'Add target' });
    await target.getByRole('combobox', { name: 'Agent' }).click();
    await page.getByRole('option', { name: /shared/ }).click();
    await target.getByRole('button', { name: 'Add target' }).click();
    await expect(page.getByText(/red-shop.*shared|shared.*red-shop/).first()).toBeVisible();
    expect(broker.count.all()['POST /api/v1/agents/{id}/targets']).toBe(2);
    await stackPage(page).tab('Labels').click();
    await page.getByRole('textbox', { name: 'Label' }).fill('tier:gold');
    await page.getByRole('button', { name: 'Add label' }).click();
    await expect(page.getByRole('button', { name: 'Remove tier:gold' })).toBeVisible();

    await stackPage(page).goto(foreign ?? '');
    await expect(page.getByText('There is no stack with this id')).toBeVisible();
    const answers = await page.evaluate(
      (paths) => Promise.all(paths.map((path) => fetch(path, { headers: { 'x-console': 'action' } }).then(({ status }) => status))),
      [
        `/api/stacks/${foreign}`,
        `/api/stacks/${foreign}/history`,
        `/api/stacks/${foreign}/revisions`,
        `/api/agents/${agents[1]?.id}`,
        `/api/stacks/${ownStack}`,
        `/api/agents/${agents[0]?.id}`,
      ],
    );
    expect(answers).toEqual([404, 404, 404, 404, 200, 403]);
  });

  test('a rotated key ends its session in words', async ({ page, broker }) => {
    const { generators } = broker.seed(world);
    await page.goto('/');
    const signIn = signInPage(page);
    await signIn.withKey.click();
    await signIn.key.fill(redPak);
    await signIn.yourName.fill('Kim');
    await signIn.submit.click();
    await expect(fleetPage(page).rows).toHaveCount(2);
    await broker.call('POST', `/api/v1/generators/${generators[0]?.id}/rotate-pak`);
    // A poll may find it before the click does, and the question be in the way of a pointer.
    await shell(page).navigation.getByRole('link', { name: 'Stacks' }).dispatchEvent('click');
    await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible();
    await expect(agentPage(page).rowWith('red-shop')).toBeHidden();
  });
});
