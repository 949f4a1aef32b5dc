import { chromium as browserType, type Page } from 'playwright';
import { chromium } from '#e2e/chromium.ts';
import { agentPage } from '#e2e/pages/agent-page.ts';
import { fleetPage } from '#e2e/pages/fleet-page.ts';
import { shell } from '#e2e/pages/shell.ts';
import { stackPage } from '#e2e/pages/stack-page.ts';
import { stacksPage } from '#e2e/pages/stacks-page.ts';
import type { BenchConsole } from './processes.ts';

export interface Interaction {
  name: string;
  /** 0: all of them below the 16 ms from which the browser tells. */
  slowestMs: number;
}
// Runs in the page, before anything of the page does.
const observer = `
  globalThis.slowestMs = 0;
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId) slowestMs = Math.max(slowestMs, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`;
/** The browser tells of an interaction some time after the paint that ended it. */
const takeSlowest = `new Promise((tell) => setTimeout(() => { tell(slowestMs); slowestMs = 0; }, 500))`;

/** Walks through a fleet and into the editor as a person does, and notes the slowest interaction of each step. */
export async function measureInteractions({ url, session }: BenchConsole, stack: { name: string }): Promise<Interaction[]> {
  const browser = await browserType.launch(chromium);
  try {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
    await context.addCookies([{ ...session, url: url.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' }]);
    const page = await context.newPage();
    await page.addInitScript({ content: observer });
    await stacksPage(page).goto();
    await stacksPage(page).link(stack.name).waitFor();
    const interactions: Interaction[] = [];
    for (const [name, act] of Object.entries(walk(page, stack))) {
      await act();
      interactions.push({ name, slowestMs: await page.evaluate<number>(takeSlowest) });
    }
    return interactions;
  } finally {
    await browser.close();
  }
}

function walk(page: Page, stack: { name: string }): Record<string, () => Promise<void>> {
  const fleet = fleetPage(page);
  const editor = page.getByRole('textbox', { name: 'YAML of the new revision' });
  return {
    'open the list of agents': async () => {
      await shell(page).navigation.getByRole('link', { name: 'Fleet' }).click();
      await fleet.rows.first().waitFor();
    },
    'sort it': async () => {
      await fleet.sortBy('Agent');
      await fleet.column('Agent').and(page.locator('[aria-sort=ascending]')).waitFor();
      await fleet.sortBy('Agent');
      await fleet.column('Agent').and(page.locator('[aria-sort=descending]')).waitFor();
    },
    'turn three pages': async () => {
      for (const offset of [50, 100, 150]) {
        await fleet.nextPage.click();
        await page.waitForURL(new RegExp(`offset=${offset}`));
        await fleet.rows.first().waitFor();
      }
    },
    'filter it, and find by name': async () => {
      await fleet.filter('status', 'INACTIVE');
      await fleet.search.pressSequentially('till', { delay: 60 });
      await page.waitForURL(/q=till/);
    },
    'open an agent': async () => {
      await fleet.rows.first().getByRole('link').first().click();
      await page.waitForURL(/\/fleet\/[0-9a-f-]{36}/);
      await agentPage(page).tab('Events').waitFor();
    },
    'open a stack and its editor': async () => {
      await shell(page).navigation.getByRole('link', { name: 'Stacks' }).click();
      await stacksPage(page).link(stack.name).click();
      await stackPage(page).submit.click();
      await editor.waitFor();
    },
    'type 120 characters into the editor': async () => {
      await editor.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(`\n# ${'what is said here is only a remark. '.repeat(3)}`, { delay: 30 });
      await editor.getByText('only a remark').first().waitFor();
    },
  };
}
