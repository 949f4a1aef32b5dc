import type { Page } from '@playwright/test';

export const stacksPage = (page: Page) => ({
  goto: (query = '') => page.goto(`/stacks${query}`),
  /** Rows of stacks, without the head. */
  rows: page.getByRole('table', { name: 'Stacks' }).locator('tbody').getByRole('row'),
  row: (name: string) => page.getByRole('row', { name, exact: true }),
  link: (name: string) => page.getByRole('link', { name, exact: true }),
  sortBy: (column: string) => page.getByRole('columnheader', { name: column }).getByRole('button').click(),
  create: page.getByRole('button', { name: 'Create stack' }),
  async filter(field: string, value: string): Promise<void> {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('button', { name: field, exact: true }).click();
    await page.getByRole('checkbox', { name: value }).click(); // its state follows the address
    await page.keyboard.press('Escape');
  },
});

export const createStackDialog = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Create stack' });
  return {
    dialog,
    name: dialog.getByRole('textbox', { name: 'Name' }),
    generator: dialog.getByRole('textbox', { name: 'Generator' }).or(dialog.getByRole('combobox', { name: 'Generator' })),
    description: dialog.getByRole('textbox', { name: 'Description' }),
    submit: dialog.getByRole('button', { name: 'Create stack' }),
    async fill(name: string, generator: string): Promise<void> {
      await this.name.fill(name);
      await this.generator.click();
      await page.getByRole('option', { name: generator }).click();
    },
  };
};
