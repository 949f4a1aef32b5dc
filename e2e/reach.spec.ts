import { aGenerator, anAgent, anEvent, aHealthRecord, aStack } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { fleetMap, fleetGroups } from './pages/fleet-views.ts';
import { reachPage } from './pages/reach-page.ts';

const world = {
  generators: [aGenerator({ name: 'payments' }), aGenerator({ name: 'storefront' })],
  stacks: [
    aStack({ name: 'ledger', generator: 'payments', labels: ['tier:gold'] }),
    aStack({ name: 'ledger-jobs', generator: 'payments', annotations: { site: 'fra' } }),
    aStack({ name: 'fraud', generator: 'payments' }),
    aStack({ name: 'shop', generator: 'storefront', labels: ['tier:gold'] }),
    aStack({ name: 'elsewhere', generator: 'payments', labels: ['tier:none'] }),
  ],
  agents: [
    anAgent({ name: 'edge-1', labels: ['tier:gold'], annotations: { site: 'fra' }, generators: ['payments'], targets: ['fraud'] }),
    anAgent({ name: 'other' }),
  ],
};

test('an agent tells every stack that reaches it with its reason, and nearly all others with what is missing', async ({
  page,
  broker,
  console,
}) => {
  const { agents } = broker.seed(world);
  await console.knowReach();
  const reach = reachPage(page);
  await page.goto(`/fleet/${agents[0]?.id}/reached-by`);
  await expect(reach.reached).toHaveCount(3);
  await expect(reach.row('ledger')).toContainText('label tier:gold');
  await expect(reach.row('ledger-jobs')).toContainText('annotation site = fra');
  await expect(reach.row('fraud')).toContainText('direct target');
  await expect(reach.nearly).toHaveCount(1);
  await expect(reach.nearly.first()).toContainText('but this agent is not registered with storefront.');

  await reach.nearly.getByRole('button', { name: 'Register with storefront…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Register edge-1 with storefront?' });
  await expect(dialog).toContainText('shop arrives on the next poll');
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(reach.row('shop')).toContainText('label tier:gold');
  await expect(reach.reached).toHaveCount(4);
  await expect(page.getByText('Nothing is missing')).toBeVisible();
});

test('what an agent applied is unconfirmed until its record bears it out, and its refusal is told in its own words', async ({
  page,
  broker,
  console,
}) => {
  const { agents } = broker.seed({
    ...world,
    events: [
      anEvent({ agent: 'edge-1', stack: 'ledger' }),
      anEvent({ agent: 'edge-1', stack: 'ledger-jobs' }),
      anEvent({ agent: 'edge-1', stack: 'fraud', status: 'FAILURE', message: 'exceeded quota', ageSeconds: 20 }),
    ],
    health: [aHealthRecord({ agent: 'edge-1', stack: 'ledger' })],
  });
  await console.knowReach();
  const reach = reachPage(page);
  await page.goto(`/fleet/${agents[0]?.id}/reached-by`);
  await expect(reach.row('ledger')).toContainText(/applied(?!, unconfirmed).*healthy/);
  await expect(reach.row('ledger-jobs')).toContainText(/applied, unconfirmed.*no record/);
  await expect(reach.row('fraud')).toContainText('refused');
  await agentPage(page).tab('Health').click();
  await expect(page.getByRole('table', { name: 'Health per object' })).toContainText('ledger');
  await agentPage(page).tab('Overview').click();
  await expect(page.getByText('exceeded quota').first()).toBeVisible();
});

test('consent and a label given past the console are on the agent’s page as soon as it is read', async ({ page, broker, console }) => {
  const { agents, generators } = broker.seed(world);
  const other = agents[1]?.id ?? '';
  await console.knowReach();
  const reach = reachPage(page);
  await page.goto(`/fleet/${other}/reached-by`);
  await expect(page.getByText('No stack reaches this agent')).toBeVisible();
  await broker.call('POST', `/api/v1/generators/${generators[0]?.id}/register`, { agent_id: other });
  await broker.call('POST', `/api/v1/agents/${other}/labels`, { agent_id: other, label: 'tier:none' });
  await page.reload();
  await expect(reach.row('elsewhere')).toContainText('label tier:none');
});

test('the fleet is filtered by a label, and says how much of it the labels are known of', async ({ page, broker, console }) => {
  broker.seed({
    agents: [
      anAgent({ name: 'gold-1', labels: ['tier:gold'] }),
      anAgent({ name: 'gold-2', labels: ['tier:gold'], heartbeatAgeSeconds: 3_000 }),
      anAgent({ name: 'plain' }),
    ],
  });
  await console.knowReach();
  const fleet = fleetPage(page);
  await fleet.goto();
  await fleet.filter('label', 'tier:gold');
  await expect(fleet.rows).toHaveCount(2);
  await expect(fleet.rows.first()).toHaveAccessibleName('gold-2');
  await expect(page.getByText('3 of 3 agents known')).toBeVisible();
  const shared = page.url();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(fleet.rows).toHaveCount(3);
  await page.goto(shared);
  await expect(fleet.rows).toHaveCount(2);
});

test('grouped by cluster or label the fleet tells each group’s states, and its agents when it is opened', async ({
  page,
  broker,
  console,
}) => {
  broker.seed({
    agents: [
      anAgent({ name: 'eu-1', clusterName: 'fra', labels: ['region:eu'] }),
      anAgent({ name: 'eu-2', clusterName: 'ams', labels: ['region:eu'], heartbeatAgeSeconds: 3_000 }),
      anAgent({ name: 'us-1', clusterName: 'iad', labels: ['region:us'] }),
      anAgent({ name: 'bare', clusterName: 'iad' }),
    ],
  });
  await console.knowReach();
  const fleet = fleetPage(page);
  const groups = fleetGroups(page);
  await fleet.goto();
  await groups.by('Cluster');
  await expect(page).toHaveURL(/group=cluster/);
  await expect(groups.band('ams')).toContainText('1 agent');
  await expect(groups.band('iad')).toContainText('2 agents');
  await expect(groups.states('ams')).toContainText('1 silent');
  await groups.by('Label region');
  await expect(page).toHaveURL(/group=label/);
  await expect(groups.band('eu')).toContainText('2 agents');
  await expect(groups.band('without region')).toContainText('1 agent');
  await expect(fleet.row('eu-2')).toBeVisible();
  await groups.band('eu').click();
  await expect(fleet.row('eu-2')).toBeHidden();
});

test('one thousand agents are on one map in shape and colour, walked, read and opened by keyboard', async ({ page, broker }) => {
  const quiet = { heartbeatAgeSeconds: 3_000 };
  broker.seed({
    agents: Array.from({ length: 1000 }, (_, index) =>
      anAgent({ name: `runner-${String(index).padStart(4, '0')}`, clusterName: `cluster-${index % 5}`, ...(index < 2 ? quiet : {}) }),
    ),
  });
  const map = fleetMap(page);
  await page.goto('/fleet?view=map');
  await expect(map.cells).toHaveCount(1000);
  await expect(map.marked('silent')).toHaveCount(2);
  await map.cursor.focus();
  await expect(map.cursor).toHaveAccessibleName('runner-0000, silent, cluster-0, 1 of 200');
  await page.keyboard.press('ArrowRight');
  await expect(map.cursor).toHaveAccessibleName(/^runner-\d+, active, cluster-0, 2 of 200$/);
  await expect(map.cursor).toBeFocused();
  await expect(map.card).toContainText('Heartbeat');
  await page.keyboard.press('PageDown');
  await expect(map.cursor).toHaveAccessibleName('runner-0001, silent, cluster-1, 1 of 200');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await expect(map.cursor).toHaveAccessibleName(/cluster-2, 1 of 200$/);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Enter');
  await expect(agentPage(page).title).toHaveText('runner-0001');
  await page.goBack();
  await map.legend.getByRole('button', { name: /silent/ }).click();
  await expect(map.cells).toHaveCount(2);
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(fleetPage(page).rows).toHaveCount(2);
});
