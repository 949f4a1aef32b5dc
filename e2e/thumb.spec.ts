import { aConfigMap, anAgent, aStack } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { stackPage } from './pages/stack-page.ts';
import { submitPage } from './pages/submit-page.ts';
import { thumbBar } from './pages/thumb-bar.ts';

test.use({ viewport: { width: 375, height: 812 }, hasTouch: true });

test('with a thumb an agent is found, why it does nothing is read, and it is activated', async ({ page, broker }) => {
  const others = Array.from({ length: 30 }, (_, index) => anAgent({ name: `edge-${index}` }));
  broker.seed({ agents: [...others, anAgent({ name: 'waits', status: 'INACTIVE' })] });
  const thumb = thumbBar(page);
  await page.goto('/fleet');
  const list = page.getByRole('list', { name: 'Fleet' });
  await expect(list.getByRole('listitem')).toHaveCount(31);
  await thumb.button('Filter').tap();
  await page.getByRole('button', { name: 'status', exact: true }).tap();
  await page.getByRole('checkbox', { name: 'INACTIVE' }).tap();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await list.getByRole('link', { name: /^waits/ }).tap();

  const agent = agentPage(page);
  await expect(agent.title).toHaveText('waits');
  await expect(page.getByText('Inactive: it takes up no work')).toBeInViewport();
  await expect(thumb.button('Activate')).toBeInViewport({ ratio: 1 });
  await thumb.button('Activate').tap();
  await expect(thumb.button('Deactivate…')).toBeVisible();
  expect(broker.agents.find('waits').status).toBe('ACTIVE');
});

test('with a thumb a stack is rolled back, and what is still missing comes to the eye', async ({ page, broker }) => {
  const first = aConfigMap('ledger');
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: [first, aConfigMap('ledger', 'broken')] })] });
  const id = stacks[0]?.id ?? '';
  const thumb = thumbBar(page);
  const submit = submitPage(page);
  await page.goto('/stacks');
  await page
    .getByRole('list', { name: 'Stacks' })
    .getByRole('link', { name: /^ledger/ })
    .tap();
  await thumb.link('Roll back…').tap();
  await expect(submit.title).toHaveText('Roll back ledger to 1');
  await expect(submit.changes).toContainText('0 added, 1 changed, 0 removed, 0 same');
  await thumb.button(/to 1$/).tap();
  await expect(submit.reason).toBeFocused();
  await expect(submit.reason).toBeInViewport();
  await expect(submit.reason).toHaveAccessibleErrorMessage(/Say why/);
  await submit.reason.fill('the mode was wrong');
  await thumb.button(/to 1$/).tap();
  await expect(stackPage(page).stop(3)).toContainText('current');
  expect((await broker.revisions(id))[0]?.yaml_content).toBe(first);
});

test('nothing under the thumb hides what has the focus', async ({ page, broker }) => {
  broker.seed({ agents: Array.from({ length: 30 }, (_, index) => anAgent({ name: `edge-${index}` })) });
  await page.goto(`/fleet/${broker.agents.find('edge-0').id}`);
  const { bar } = thumbBar(page);
  await expect(bar).toBeInViewport({ ratio: 1 });
  const edge = (await bar.boundingBox())?.y ?? 0;
  let steps = 0;
  for (;;) {
    await page.keyboard.press('Tab');
    if ((await bar.locator(':focus').count()) > 0) break;
    const box = await page.locator(':focus').boundingBox();
    expect(box === null ? 0 : box.y + box.height).toBeLessThanOrEqual(edge);
    steps += 1;
  }
  expect(steps).toBeGreaterThan(10);
});
