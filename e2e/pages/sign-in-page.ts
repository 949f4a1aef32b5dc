import type { Page } from '@playwright/test';

export const signInPage = (page: Page) => ({
  name: page.getByRole('textbox', { name: 'Name', exact: true }),
  password: page.getByRole('textbox', { name: 'Password' }),
  submit: page.getByRole('button', { name: 'Sign in', exact: true }),
  withKey: page.getByRole('button', { name: 'Broker key' }),
  key: page.getByRole('textbox', { name: 'Broker key' }),
  yourName: page.getByRole('textbox', { name: 'Your name' }),
  exploreAs: (role: string) => page.getByRole('button', { name: `Explore as ${role}` }),
  async enter(name: string, password: string): Promise<void> {
    await this.name.fill(name);
    await this.password.fill(password);
    await this.submit.click();
  },
});
