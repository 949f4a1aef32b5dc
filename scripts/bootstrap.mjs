// Runs before every command, on any Node from 18 on and without dependencies: installs what the lockfile names, once.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.brokkr-install');
const wanted = `${createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')} ${process.platform}-${process.arch}\n`;

const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
async function install() {
  const startedAt = Date.now();
  console.log('Installing dependencies (npm ci)…');
  // npm itself still runs on the system's Node: errors only, or it warns about `engines` once per package.
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.env.npm_node_execpath ?? process.execPath, [npm]] : ['npm', []];
  const child = spawn(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  const status = await new Promise((resolve) => child.once('exit', resolve).once('error', () => resolve(null)));
  if (status !== 0) {
    console.error('npm ci failed (its own message is above). A registry that npm can reach is needed for the first start.');
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, wanted);
  console.log(`Installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}

// Two commands may begin in one folder at the same time, and `npm ci` empties what another one has just filled.
if (!isInstalled()) {
  await alone(
    root,
    async () => {
      if (!isInstalled()) await install();
    },
    () => console.log('Another command is installing dependencies here: waiting for it…'),
  );
}

// What npm scripts run on from here: node_modules/.bin comes first on their PATH and holds the bundled Node where there is one.
const path = join(root, 'node_modules', '.bin') + delimiter + process.env.PATH;
const found = spawnSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8', env: { ...process.env, PATH: path } });
const version = found.status === 0 ? found.stdout.trim() : 'none';
const floor = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');
const [major = 0, minor = 0] = version.split('.').map(Number);
const [floorMajor, floorMinor] = floor.split('.').map(Number);
if (!(major > floorMajor || (major === floorMajor && minor >= floorMinor))) {
  console.error(
    `Node ${floor} or newer is needed, found ${version}; none is bundled for ${process.platform}-${process.arch}: install one.`,
  );
  process.exit(1);
}
