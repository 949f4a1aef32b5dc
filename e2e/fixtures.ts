import { test as base, type BrowserContext, type Page } from '@playwright/test';
import type { Role } from '#contract/session.ts';
import { startConsole, type RunningConsole } from './console.ts';
import type { TestBroker } from './broker.ts';
import { watchContext, type Faults } from './faults.ts';
import type { SessionCookie } from './people.ts';

interface TestFixtures {
  /** Whose session the page starts with; null: nobody's. */
  role: Role | null;
  broker: TestBroker;
  /** What went wrong in the browser; a journey that walks through a failure announces it. */
  faults: Faults;
  /** Another browser of another person, watched as the first one is. */
  openAs: (role: Role | null) => Promise<Page>;
}

/** Each worker has its own broker and its own console, so that tests run side by side and a kill is real. */
export const test = base.extend<TestFixtures, { console: RunningConsole }>({
  console: [
    async ({}, use) => {
      const running = await startConsole();
      await running.people.sessionOf('admin'); // with an admin there is no first-run setup in the way
      await use(running);
      await running.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  role: ['admin', { option: true }],
  baseURL: ({ console }, use) => use(console.url),
  broker: [
    async ({ console }, use) => {
      await console.begin();
      await use(console.broker);
    },
    { auto: true, timeout: 60_000 },
  ],
  faults: [
    async ({ context, console, role }, use) => {
      const faults = watchContext(context);
      if (role !== null) await signInAs(context, console, role);
      await use(faults);
      faults.assertNone();
    },
    { auto: true },
  ],
  openAs: async ({ browser, console, faults }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (role) => {
      const context = await browser.newContext({ baseURL: console.url });
      opened.push(context);
      faults.watch(context);
      if (role !== null) await signInAs(context, console, role);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});
export { expect } from '@playwright/test';

/** Gives a browser the session that people of one role share. */
export async function signInAs(context: BrowserContext, console: RunningConsole, role: Role): Promise<void> {
  await giveSession(context, console, await console.people.sessionOf(role));
}
export async function giveSession(context: BrowserContext, console: RunningConsole, { name, value }: SessionCookie): Promise<void> {
  // The browser takes a cookie of this name only as Secure, which plain http on loopback counts as.
  await context.addCookies([
    { name, value, url: console.url.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' },
  ]);
}
