import type { Page } from '@playwright/test';

/** The lower edge of a phone. */
export const thumbBar = (page: Page) => {
  const bar = page.getByRole('group', { name: 'Most used' });
  return {
    bar,
    button: (name: string | RegExp) => bar.getByRole('button', { name }),
    link: (name: string | RegExp) => bar.getByRole('link', { name }),
  };
};
