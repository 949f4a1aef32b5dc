import { existsSync } from 'node:fs';

const found = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
/** How every test starts its browser: the system's Chromium, which must not look for its makers' hosts. */
export const chromium = {
  ...(found === undefined ? {} : { executablePath: found }),
  args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
};
