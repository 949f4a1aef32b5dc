import type { Page } from '@playwright/test';

/** The fleet as a map: the shapes are one drawing, a link stands over the agent that the keyboard is on. */
export const fleetMap = (page: Page) => {
  const map = page.getByRole('group', { name: 'Map of the fleet' });
  return {
    cells: map.locator('g[data-mark]'),
    marked: (kind: string) => map.locator(`g[data-mark=${kind}]`),
    cursor: map.locator('[data-cursor]').getByRole('link'),
    card: page.locator('[data-card]'),
    legend: page.getByRole('group', { name: /^States/ }),
  };
};
/** The fleet in bands. */
export const fleetGroups = (page: Page) => ({
  band: (name: string) => page.getByRole('button', { name: new RegExp(`^${name} \\d+ agents?$`) }),
  states: (name: string) => page.getByRole('list', { name: `States in ${name}` }),
  async by(choice: string): Promise<void> {
    await page.getByRole('button', { name: /^Group: / }).click();
    await page.getByRole('menuitemradio', { name: choice }).click();
  },
});
