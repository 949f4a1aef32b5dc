import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build-page.ts';
import { machine, writeSection } from './report.ts';

const folder = mkdtempSync(join(tmpdir(), 'console-start-'));
// A clone has what is committed and nothing else: no node_modules, no build, no data.
const cloned = spawnSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, folder], { stdio: 'inherit' });
if (cloned.status !== 0) process.exit(1);

/** Seconds from `npm start` to the first 200 of /readiness. */
async function start(): Promise<number> {
  const startedAt = performance.now();
  const path = (process.env['PATH'] ?? '').split(':').filter((part) => !part.endsWith('node_modules/.bin'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...env, PATH: path.join(':'), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const { promise: address, resolve } = Promise.withResolvers<string>();
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
    if (found !== undefined) resolve(found);
  });
  const ended = once(child, 'exit');
  const url = await Promise.race([address, ended.then(() => Promise.reject(new Error(`npm start ended early:\n${printed}`)))]);
  while (!(await isReady(url))) await new Promise((done) => setTimeout(done, 20));
  const seconds = (performance.now() - startedAt) / 1000;
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await ended;
  return seconds;
}
const isReady = (url: string) =>
  fetch(`${url}/readiness`).then(
    (response) => response.ok,
    () => false,
  );

try {
  const cold = await start();
  const warm = [await start(), await start(), await start()];
  const row = (name: string, seconds: number) => `| ${name} | ${seconds.toFixed(1)} s |`;
  writeSection(
    'Start',
    `\`npm run bench:start\`: a fresh clone of the last commit, from \`npm start\` to the first 200 of \`/readiness\` with the embedded simulator. ${machine()}.

| Start | Time |
| --- | --- |
${row('cold: empty `node_modules`, nothing built (npm cache as it was)', cold)}
${row('warm: median of three', warm.toSorted((a, b) => a - b)[1] ?? Number.NaN)}`,
  );
  console.log(`cold ${cold.toFixed(1)} s, warm ${warm.map((seconds) => seconds.toFixed(1)).join(', ')} s; written to docs/performance.md`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
