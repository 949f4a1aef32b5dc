import { expect, test } from 'vitest';
import { ensureBrowser, howToInstall, type Machine } from './browser.ts';

/** A machine on which certain commands bring a browser. */
function machine(facts: { has?: boolean; isDebianRoot?: boolean; brings?: string }): Machine & { ran: string[] } {
  let has = facts.has ?? false;
  const ran: string[] = [];
  return {
    ran,
    hasBrowser: () => has,
    isDebianRoot: facts.isDebianRoot ?? false,
    run(...words) {
      const line = words.join(' ');
      ran.push(line);
      has ||= facts.brings !== undefined && line.includes(facts.brings);
      return has || line.includes('update');
    },
  };
}

test('a browser that is there is taken as it is', () => {
  const here = machine({ has: true });
  expect(ensureBrowser(here)).toBe(true);
  expect(here.ran).toEqual([]);
});
test('root on Debian gets the package of the system', () => {
  const debian = machine({ isDebianRoot: true, brings: 'chromium-headless-shell' });
  expect(ensureBrowser(debian)).toBe(true);
  expect(debian.ran).toEqual(['apt-get update', 'apt-get install -y --no-install-recommends chromium-headless-shell']);
});
test('everybody else, and root where the package is missing, gets Playwright’s', () => {
  for (const isDebianRoot of [false, true]) expect(ensureBrowser(machine({ isDebianRoot, brings: '--only-shell chromium' }))).toBe(true);
});
test('where nothing helps it says so, and there is a text that names every way', () => {
  expect(ensureBrowser(machine({ isDebianRoot: true }))).toBe(false);
  expect(howToInstall).toMatch(/apt-get install .*chromium-headless-shell[\s\S]*playwright install[\s\S]*CHROMIUM_PATH/);
});
