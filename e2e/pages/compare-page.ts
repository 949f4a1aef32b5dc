import type { Page } from '@playwright/test';

export const comparePage = (page: Page) => {
  const side = (title: 'Before' | 'After') => page.getByRole('region', { name: title, exact: true });
  return {
    side,
    changes: page.getByRole('region', { name: 'Changes', exact: true }).first(),
    view: (name: 'Unified' | 'Split') => page.getByRole('group', { name: 'Show changes' }).getByRole('button', { name }),
    async pick(title: 'Before' | 'After', stack: string, revision: string): Promise<void> {
      const field = (name: string) => side(title).getByRole('combobox', { name }).or(side(title).getByRole('textbox', { name }));
      await field('Stack').click();
      await page.getByRole('option', { name: stack, exact: true }).click();
      await field('Revision').click();
      await page
        .getByRole('option')
        .filter({ hasText: new RegExp(`^${revision}`) })
        .click();
    },
  };
};
