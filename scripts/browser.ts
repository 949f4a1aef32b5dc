import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium as playwrightChromium } from 'playwright';

const systemPaths = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
export const howToInstall = `No Chromium was found and it could not be installed from here. One of these is enough:
  Debian, as root:  apt-get update && apt-get install -y --no-install-recommends chromium-headless-shell
  anywhere else:    npx playwright install --with-deps --only-shell chromium
  already there:    CHROMIUM_PATH=/path/to/chromium npm test`;

const run = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'inherit' }).status === 0;
const isThere = () => [process.env['CHROMIUM_PATH'] ?? '', ...systemPaths, playwrightChromium.executablePath()].some((path) => path !== '' && existsSync(path));

/** Makes sure that the tests have a browser: Debian's own where we may install it, else Playwright's. False when neither works. */
export function ensureBrowser(): boolean {
  if (isThere()) return true;
  console.log('No Chromium here: installing it…');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.env['DEBIAN_FRONTEND'] = 'noninteractive';
    if (run('apt-get', 'update') && run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium-headless-shell') && isThere()) return true;
  }
  return run(process.execPath, 'node_modules/playwright/cli.js', 'install', '--only-shell', 'chromium') && isThere();
}
