import { expect, test } from './fixtures.ts';
import { shell } from './pages/shell.ts';
import { signInPage } from './pages/sign-in-page.ts';

test.use({ role: null });

const kib = (bytes: number) => Math.round((bytes / 1024) * 10) / 10;

test('from an empty cache, sign-in and fleet take at most 200 KiB of scripts and styles in 12 files, and 70 KiB of fonts', async ({
  page,
  console,
  broker,
}) => {
  await broker.reset('default');
  const { name, password } = await console.people.make('viewer');
  const loaded = new Map<string, { type: string; bytes: number }>();
  page.on('requestfinished', async (request) => {
    const type = request.resourceType();
    const { pathname } = new URL(request.url());
    if (type === 'fetch' || type === 'document') return;
    const sizes = await request.sizes();
    loaded.set(pathname, { type, bytes: sizes.responseBodySize });
  });
  await page.goto('/');
  await signInPage(page).enter(name, password);
  await expect(shell(page).title).toHaveText('Fleet');
  await page.waitForLoadState('networkidle');

  const files = [...loaded];
  const sum = (types: string[]) =>
    kib(files.filter(([, { type }]) => types.includes(type)).reduce((total, [, { bytes }]) => total + bytes, 0));
  const told = files.map(([path, { bytes }]) => `${path} ${kib(bytes)} KiB`).join('\n');
  expect(files.length, told).toBeGreaterThan(3);
  expect(sum(['script', 'stylesheet']), told).toBeLessThanOrEqual(200);
  expect(sum(['font']), told).toBeLessThanOrEqual(70);
  expect(files.length, told).toBeLessThanOrEqual(12);
});

test('before any script has run the page shows the frame that it will have', async ({ browser, console }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: console.url, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto('/fleet');
  const side = await page.locator('.skeleton-side').boundingBox();
  expect(side).toMatchObject({ x: 0, y: 0, width: 216 });
  await context.close();
});
