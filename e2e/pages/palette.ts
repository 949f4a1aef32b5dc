import type { Page } from '@playwright/test';

/** ⌘K: one field over everything that can be reached by name. */
export const palette = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Search or run' });
  const field = dialog.getByRole('combobox');
  return {
    dialog,
    field,
    group: (name: string) => dialog.getByRole('group', { name, exact: true }),
    option: (name: string | RegExp) => dialog.getByRole('option', { name }),
    /** The one that Enter runs. */
    chosen: dialog.getByRole('option', { selected: true }),
    async open(): Promise<void> {
      await page.keyboard.press('Control+k');
      await field.waitFor();
    },
  };
};
