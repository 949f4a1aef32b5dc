import type { Page } from '@playwright/test';

/** The chip that says whose agents and stacks are shown. */
export const scope = (page: Page) => {
  const choices = page.getByRole('list', { name: 'Show the agents and stacks of' });
  return {
    chip: page.getByRole('button', { name: /^(Tenant scope|Your key): / }),
    choices,
    async choose(tenant: string): Promise<void> {
      await this.chip.click();
      await choices.getByRole('button', { name: tenant }).click();
    },
  };
};
