import type { Page } from '@playwright/test';

export const agentPage = (page: Page) => ({
  title: page.getByRole('heading', { level: 1 }),
  state: page.getByRole('heading', { level: 1 }).locator('xpath=..'),
  activate: page.getByRole('button', { name: 'Activate', exact: true }).first(),
  deactivate: page.getByRole('button', { name: 'Deactivate…' }),
  tab: (name: string) => page.getByRole('navigation', { name: /^Parts of / }).getByRole('link', { name }),
  /** Opens the menu of rarer actions and takes one. */
  async act(name: string, action: string): Promise<void> {
    await page.getByRole('button', { name: `Actions on ${name}` }).click();
    await page.getByRole('menuitem', { name: action }).click();
  },
  /** A row by what stands in it. */
  rowWith: (text: string | RegExp) => page.getByRole('row').filter({ hasText: text }),
  dialog: (title: string | RegExp) => page.getByRole('dialog', { name: title }),
});
