import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

export const howToInstall = `No Chromium was found and it could not be installed from here. One of these is enough:
  Debian, as root:  apt-get update && apt-get install -y --no-install-recommends chromium-headless-shell
  anywhere else:    npx playwright install --with-deps --only-shell chromium
  already there:    CHROMIUM_PATH=/path/to/chromium npm test`;

export interface Machine {
  hasBrowser(): boolean;
  /** May install packages of the system. */
  isDebianRoot: boolean;
  run(command: string, ...args: string[]): boolean;
}
const thisMachine: Machine = {
  hasBrowser: () =>
    [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', chromium.executablePath()].some(
      (path) => path !== '' && existsSync(path),
    ),
  isDebianRoot: process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
  run: (command, ...args) =>
    spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0,
};

/** Makes sure that the tests have a browser: the system's package where we may install it, else Playwright's own. False when neither works. */
export function ensureBrowser(machine: Machine = thisMachine): boolean {
  if (machine.hasBrowser()) return true;
  console.log('No Chromium here: installing it…');
  if (
    machine.isDebianRoot &&
    machine.run('apt-get', 'update') &&
    machine.run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium-headless-shell') &&
    machine.hasBrowser()
  ) {
    return true;
  }
  return machine.run(process.execPath, 'node_modules/playwright/cli.js', 'install', '--only-shell', 'chromium') && machine.hasBrowser();
}
