import type { Page } from '@playwright/test';

export const stackPage = (page: Page) => ({
  goto: (stackId: string, rest = '') => page.goto(`/stacks/${stackId}${rest}`),
  title: page.getByRole('heading', { level: 1 }),
  state: page.getByRole('heading', { level: 1 }).locator('xpath=..'),
  tab: (name: string) => page.getByRole('navigation', { name: /^Parts of / }).getByRole('link', { name }),
  submit: page.getByRole('link', { name: 'Submit a revision' }).first(),
  rollBack: page.getByRole('link', { name: 'Roll back…' }),
  compare: page.getByRole('link', { name: 'Compare', exact: true }),
  /** Stops of the revision rail, newest first. */
  stops: page.getByRole('region', { name: 'Revisions' }).getByRole('listitem'),
  stop: (sequence: number | string) =>
    page.getByRole('region', { name: 'Revisions' }).getByRole('link', { name: new RegExp(`^${sequence}\\b`) }),
  /** Picks it in the rail, to be compared with the next one that is picked. */
  pick: (sequence: number) =>
    page
      .getByRole('region', { name: 'Revisions' })
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: new RegExp(`^${sequence}\\b`) }) })
      .getByRole('button', { name: /^Compare / }),
  /** How many agents of which state are in which cluster: the link behind the number. */
  cell: (count: number, state: string, cluster: string) => page.getByRole('link', { name: `${count} ${state} in ${cluster}` }),
  causes: page.getByRole('table', { name: 'Agents by cause' }),
  agents: page.getByRole('table', { name: 'Agents it reaches' }).locator('tbody').getByRole('row'),
  /** Objects of the current revision over all its agents, and what each agent says of them. */
  objects: page.getByRole('table', { name: 'Health by object' }).locator('tbody').getByRole('row'),
  healthOfAgents: page.getByRole('table', { name: 'Health by agent' }).locator('tbody').getByRole('row'),
  /** The drawer over the page: one revision, or one agent's answer. */
  drawer: (title: string) => page.getByRole('complementary', { name: title, exact: true }),
  /** A row by what stands in it. */
  rowWith: (text: string | RegExp) => page.getByRole('row').filter({ hasText: text }),
  dialog: (title: string | RegExp) => page.getByRole('dialog', { name: title }),
  /** Opens the menu of rarer actions and takes one. */
  async act(name: string, action: string): Promise<void> {
    await page.getByRole('button', { name: `Actions on ${name}` }).click();
    await page.getByRole('menuitem', { name: action }).click();
  },
});
