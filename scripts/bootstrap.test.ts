import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 }); // processes start here
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'bootstrap-')));
  mkdirSync(join(folder, 'scripts'));
  for (const name of ['bootstrap.mjs', 'alone.mjs']) copyFileSync(join(import.meta.dirname, name), join(folder, 'scripts', name));
  writeFileSync(join(folder, 'package.json'), '{"engines":{"node":">=18.0"}}');
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  // Stands for npm: empties what is there, as `npm ci` does, and then takes until the test lets it go on.
  writeFileSync(
    join(folder, 'npm.mjs'),
    `import { mkdirSync, rmSync } from 'node:fs';
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules');
process.exitCode = Number(await (await fetch(process.env.GATE)).text());`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Where installations wait to be told their exit code. */
async function aGate() {
  const arrived: ServerResponse[] = [];
  const server = createHttpServer((_request, response) => void arrived.push(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrived,
    /** Waits until so many installations have begun. */
    has: (count: number) => vi.waitFor(() => expect(arrived).toHaveLength(count), { timeout: 30_000, interval: 20 }),
  };
}
type Gate = Awaited<ReturnType<typeof aGate>>;
function begin({ url }: Gate) {
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], GATE: url, npm_execpath: join(folder, 'npm.mjs'), npm_node_execpath: process.execPath },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  return {
    child,
    exited: exited.then(([code]) => code),
    says: (text: RegExp) => vi.waitFor(() => expect(said).toMatch(text), { timeout: 30_000, interval: 20 }),
  };
}
const waits = /^Another command is installing dependencies here/;

test('of two that begin at once one installs; the other waits, and finds it done', async () => {
  const gate = await aGate();
  const first = begin(gate);
  await gate.has(1);
  const second = begin(gate);
  await second.says(waits);
  gate.arrived[0]?.end('0');
  expect(await Promise.all([first.exited, second.exited])).toEqual([0, 0]);
  expect(gate.arrived).toHaveLength(1);
  expect(await begin(gate).exited).toBe(0); // and whoever comes later has nothing to do
  expect(gate.arrived).toHaveLength(1);
});
test('without that both would install at the same time', async () => {
  writeFileSync(join(folder, 'scripts', 'alone.mjs'), 'export const alone = (_folder, work) => work();');
  const gate = await aGate();
  const both = [begin(gate), begin(gate)];
  await gate.has(2);
  for (const response of gate.arrived) response.end('0');
  await Promise.all(both.map(({ exited }) => exited));
});
test('when the first fails, the one that waited tries for itself', async () => {
  const gate = await aGate();
  const first = begin(gate);
  await gate.has(1);
  const second = begin(gate);
  await second.says(waits);
  gate.arrived[0]?.end('7');
  expect(await first.exited).toBe(7);
  await gate.has(2);
  gate.arrived[1]?.end('0');
  expect(await second.exited).toBe(0);
});
test('whoever was killed while installing holds nobody up', async () => {
  const gate = await aGate();
  const first = begin(gate);
  await gate.has(1);
  const second = begin(gate);
  await second.says(waits);
  first.child.kill('SIGKILL');
  await gate.has(2);
  for (const response of gate.arrived) response.end('0');
  expect(await second.exited).toBe(0);
});
test('somebody else’s server on the port that stands for the folder is left alone', async () => {
  const { portOf } = (await import(join(folder, 'scripts', 'alone.mjs'))) as { portOf: (path: string) => number };
  const stranger = createServer((socket) => socket.end('220 mail\r\n'));
  await once(stranger.listen(portOf(folder), '127.0.0.1'), 'listening');
  onTestFinished(() => void stranger.close());
  const gate = await aGate();
  const first = begin(gate);
  await gate.has(1);
  const second = begin(gate);
  await second.says(waits);
  gate.arrived[0]?.end('0');
  expect(await Promise.all([first.exited, second.exited])).toEqual([0, 0]);
});
