import type { Page } from '@playwright/test';

export const fleetPage = (page: Page) => ({
  goto: (query = '') => page.goto(`/fleet${query}`),
  table: page.getByRole('table', { name: 'Fleet' }),
  /** Rows of agents, without the head. */
  rows: page.getByRole('table', { name: 'Fleet' }).locator('tbody').getByRole('row'),
  row: (name: string) => page.getByRole('row', { name, exact: true }),
  link: (name: string) => page.getByRole('link', { name, exact: true }),
  sortBy: (column: string) => page.getByRole('columnheader', { name: column }).getByRole('button').click(),
  column: (column: string) => page.getByRole('columnheader', { name: column }),
  search: page.getByRole('searchbox', { name: 'Find by name or cluster' }),
  nextPage: page.getByRole('button', { name: 'Next page' }),
  pageSize: page.getByRole('combobox', { name: 'Rows a page' }),
  pager: page.getByRole('navigation', { name: 'Pages' }),
  create: page.getByRole('button', { name: 'Create agent' }),
  async filter(field: string, value: string): Promise<void> {
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('button', { name: field, exact: true }).click();
    await page.getByRole('checkbox', { name: value }).click(); // its state follows the address
    await page.keyboard.press('Escape');
  },
});

export const createAgentDialog = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Create agent' });
  return {
    dialog,
    name: dialog.getByRole('textbox', { name: 'Name' }),
    cluster: dialog.getByRole('textbox', { name: 'Cluster' }),
    submit: dialog.getByRole('button', { name: 'Create agent' }),
    async fill(name: string, cluster: string): Promise<void> {
      await this.name.fill(name);
      await this.cluster.fill(cluster);
    },
  };
};
/** The one place where a key is shown. */
export const keyDialog = (page: Page) => {
  const dialog = page.getByRole('dialog').filter({ has: page.getByRole('textbox', { name: /^Key of / }) });
  return {
    dialog,
    key: dialog.getByRole('textbox'),
    copy: dialog.getByRole('button', { name: 'Copy key' }),
    activate: dialog.getByRole('button', { name: 'Activate' }),
    done: dialog.getByRole('button', { name: 'Done' }),
  };
};
