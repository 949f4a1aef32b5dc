import type { Locator } from '@playwright/test';
import { anAgent, aStack } from '#simulator/builders.ts';
import { expect, test } from './fixtures.ts';
import { stackPage } from './pages/stack-page.ts';

test.use({ forcedColors: 'active', colorScheme: 'dark' });

/** What of its look does not lie in a background or a shadow of our own: those are taken away. */
const look = (element: Locator) =>
  element.evaluate((shown) => {
    const { outlineStyle, backgroundColor, borderColor } = getComputedStyle(shown);
    return { outlineStyle, backgroundColor, borderColor };
  });

test('under a palette of the system what is pressed, current or opened stands out', async ({ page, broker }) => {
  const { stacks } = broker.seed({
    agents: [anAgent({ name: 'quiet', heartbeatAgeSeconds: 3_000 }), anAgent({ name: 'edge-runner' })],
    stacks: [
      aStack({ name: 'ledger', revisions: ['a', 'b'].map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`) }),
    ],
  });
  await page.goto('/fleet?view=map&filter=state:silent');
  const legend = page.getByRole('group', { name: 'States: press to keep only one' });
  await expect(legend.getByRole('button', { name: /^silent/ })).toHaveAttribute('aria-pressed', 'true');
  expect(await look(legend.getByRole('button', { name: /^silent/ }))).not.toEqual(
    await look(legend.getByRole('button', { name: /^active/ })),
  );
  const views = page.getByRole('group', { name: 'View' });
  expect(await look(views.getByRole('button', { name: 'Map' }))).not.toEqual(await look(views.getByRole('button', { name: 'Table' })));

  // Chromium lays a plate under words on a colour of our own, unless it is told that they belong together.
  await expect(page.getByRole('button', { name: 'Create agent' })).toHaveCSS('forced-color-adjust', 'none');

  const stack = stackPage(page);
  await stack.goto(stacks[0]?.id ?? '');
  await stack.stop(1).click();
  await expect(stack.drawer('Revision 1')).toBeVisible();
  expect(await look(stack.stop(1))).not.toEqual(await look(stack.stop(2)));
  expect(await look(stack.stop(2).locator('i').first())).not.toEqual(await look(stack.stop(1).locator('i').first()));
  await page.goto('/audit');
  const source = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true });
  expect(await look(source('Console'))).not.toEqual(await look(source('Broker’s own')));
});

test('under a palette of the system marks are legible on its canvas, also when the other theme was chosen', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'quiet', heartbeatAgeSeconds: 3_000 }), anAgent({ name: 'edge-runner' })] });
  await page.addInitScript(() => localStorage.setItem('console-theme', 'light'));
  await page.goto('/fleet');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  const marks = page.getByRole('table', { name: 'Fleet' }).locator('[data-mark]');
  await expect(marks).toHaveCount(2);
  const contrasts = await marks.evaluateAll((shapes) => {
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const canvas = luminance(getComputedStyle(document.body.parentElement ?? document.body).backgroundColor);
    return shapes.map((shape) => {
      const own = luminance(getComputedStyle(shape).color);
      return (Math.max(own, canvas) + 0.05) / (Math.min(own, canvas) + 0.05);
    });
  });
  for (const contrast of contrasts) expect(contrast).toBeGreaterThan(4.5);
});
