import type { Page } from '@playwright/test';

export const healthPage = (page: Page) => {
  const component = (name: string) => page.getByRole('row', { name, exact: true });
  const card = (title: string) => page.getByRole('region', { name: title, exact: true }).first();
  return {
    head: page.getByRole('heading', { level: 1 }).locator('xpath=..'),
    component,
    /** Its last hour, one bar a minute. */
    strip: (name: string) => component(name).getByRole('img'),
    card,
    chart: (title: string) => card(title).getByRole('img'),
  };
};
