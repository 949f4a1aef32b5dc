import type { Page } from '@playwright/test';

/** The agent's tab of the stacks that reach it, and nearly do. */
export const reachPage = (page: Page) => {
  const table = page.getByRole('table', { name: 'Reached by' });
  return {
    reached: table.locator('tbody').getByRole('row'),
    row: (stack: string) => table.getByRole('row', { name: stack, exact: true }),
    nearly: page.getByRole('table', { name: 'Nearly reached' }).locator('tbody').getByRole('row'),
  };
};
