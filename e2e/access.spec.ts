import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { palette } from './pages/palette.ts';
import { shell } from './pages/shell.ts';

test.use({ trace: 'off' }); // a trace of every look costs more than the look, and a fault names its place

const ofFleet = [
  '/fleet',
  '/fleet?view=map',
  '/fleet?group=cluster',
  '/fleet?group=label:region',
  '/fleet?create=agent',
  '/fleet?q=nothing-like-this',
];
const ofAgent = (agentId: string) =>
  ['', '/labels', '/annotations', '/targets', '/reached-by', '/registrations', '/events', '/health', '/history'].map(
    (tab) => `/fleet/${agentId}${tab}`,
  );
const ofStacks = (stackId: string, before: string) => [
  '/stacks',
  '/stacks?create=stack',
  ...['', '/agents', '/health', '/labels', '/annotations', '/targets', '/history'].map((tab) => `/stacks/${stackId}${tab}`),
  `/stacks/${stackId}?open=${before}`,
];
const ofRevisions = (stackId: string, newest: string, before: string) => [
  `/stacks/${stackId}/submit`,
  `/stacks/${stackId}/submit?from=${before}`,
  '/compare',
  `/compare?from=${before}&to=${newest}`,
  `/compare?from=${before}&to=${newest}&diff=split`,
];
const ofTheConsole = ['/audit', '/health', '/status', '/no-such-page'];
const outside = ['/sign-in', '/setup', `/setup#${'a'.repeat(43)}`];

async function faultsOf(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(); // there are no frames, whose findings would be gathered in a page of their own
  if (scheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']); // nothing else can differ between the themes
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

const widths = [1280, 320];

/** What is on the page now, in both themes at both widths: one load serves all four. */
async function holds(page: Page, what: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' }); // colours on their way from one theme to the other are no fault
      expect.soft(await faultsOf(page, scheme), `${what}, ${scheme}, ${width} px`).toEqual([]);
    }
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), `${what} scrolls sideways`).toBeLessThanOrEqual(width);
  }
}
async function walk(page: Page, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await page.goto(address);
    await settled(page);
    await holds(page, address);
  }
}

test.describe('no fault of accessibility is on a screen', () => {
  test.setTimeout(240_000); // many screens, four looks at each

  test('of the fleet', async ({ page, broker }) => {
    await broker.reset('default');
    await walk(page, ofFleet);
  });
  test('of an agent', async ({ page, broker }) => {
    await broker.reset('default');
    await walk(page, ofAgent(broker.agents.find('shop-runner@ams-prod-1').id));
  });
  test.describe('amid a rollout', () => {
    test.beforeEach(async ({ broker, console }) => {
      await broker.reset('mid-rollout');
      await console.knowReach();
    });
    test('of stacks', async ({ page, broker }) => {
      const stackId = await broker.stackId('ledger');
      const [, before] = await broker.revisions(stackId);
      await walk(page, ofStacks(stackId, before?.id ?? ''));
    });
    test('of what is submitted and compared', async ({ page, broker }) => {
      const stackId = await broker.stackId('ledger');
      const [newest, before] = await broker.revisions(stackId);
      await walk(page, ofRevisions(stackId, newest?.id ?? '', before?.id ?? ''));
    });
  });
  test('of the console itself, its shortcuts or its palette', async ({ page, broker }) => {
    await broker.reset('default');
    await walk(page, ofTheConsole);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
    await holds(page, 'the shortcuts');
    await page.keyboard.press('Escape');
    await palette(page).open();
    await page.keyboard.type('shop');
    await expect(palette(page).group('Stacks')).toBeVisible();
    await holds(page, 'the palette');
  });
  test.describe('before signing in', () => {
    test.use({ role: null });
    test('either', async ({ page }) => walk(page, outside));
  });
});

test('the first Tab offers to skip the navigation, and the menu of the person is worked by keys', async ({ page }) => {
  await page.goto('/fleet');
  await settled(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await shell(page).person.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(shell(page).person).toBeFocused();
});
