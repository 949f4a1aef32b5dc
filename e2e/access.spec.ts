import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { shell } from './pages/shell.ts';

const screens = (agentId: string) => [
  '/fleet',
  '/fleet?create=agent',
  '/fleet?q=nothing-like-this',
  ...['', '/labels', '/annotations', '/targets', '/registrations', '/events', '/history'].map((tab) => `/fleet/${agentId}${tab}`),
  '/audit',
  '/no-such-page',
];
const outside = ['/sign-in', '/setup', `/setup#${'a'.repeat(43)}`];

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

for (const scheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${scheme}, ${width} px`, () => {
      test.use({ colorScheme: scheme, viewport: { width, height: 900 } });

      test('no screen has a fault of accessibility', async ({ page, broker }) => {
        test.slow();
        await broker.reset('default');
        for (const address of screens(broker.agents.find('shop-runner@ams-prod-1').id)) {
          await page.goto(address);
          await settled(page);
          expect.soft(await faultsOf(page), address).toEqual([]);
          expect
            .soft(await page.evaluate(() => document.documentElement.scrollWidth), `${address} scrolls sideways`)
            .toBeLessThanOrEqual(width);
        }
      });
      test.describe('signed out', () => {
        test.use({ role: null });
        test('nor has a way in', async ({ page }) => {
          for (const address of outside) {
            await page.goto(address);
            await settled(page);
            expect.soft(await faultsOf(page), address).toEqual([]);
          }
        });
      });
    });
  }
}

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
