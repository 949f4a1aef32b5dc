import type { Page } from '@playwright/test';

export const auditPage = (page: Page) => ({
  goto: (query = '') => page.goto(`/audit${query}`),
  rows: page.getByRole('table', { name: 'Audit' }).locator('tbody').getByRole('row'),
  rowWith: (text: string | RegExp) =>
    page.getByRole('table', { name: 'Audit' }).locator('tbody').getByRole('row').filter({ hasText: text }),
  search: page.getByRole('searchbox', { name: 'Object or request id' }),
  drawer: page
    .getByRole('dialog')
    .or(page.getByRole('complementary'))
    .filter({ hasText: /Record \d/ }),
  source: (name: string) => page.getByRole('navigation', { name: 'Source' }).getByRole('link', { name }),
  async filter(field: string, value: string): Promise<void> {
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('button', { name: field, exact: true }).click();
    await page.getByRole('checkbox', { name: value }).click();
    await page.keyboard.press('Escape');
  },
});
