import type { Page } from '@playwright/test';

export const shell = (page: Page) => ({
  title: page.getByRole('heading', { level: 1 }),
  navigation: page.getByRole('navigation', { name: 'Main' }),
  person: page.getByRole('button', { name: /, (viewer|operator|admin)$/ }),
  notifications: page.getByRole('region', { name: 'Notifications' }),
  link: page.getByRole('button', { name: /^(Read .* ago|Disconnected|Broker out of reach)/ }),
  async choose(entry: string): Promise<void> {
    await this.person.click();
    await page
      .getByRole('menuitem', { name: entry })
      .or(page.getByRole('menuitemradio', { name: entry }))
      .click();
  },
});
