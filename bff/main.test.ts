import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, post } from '#bff/http/testing/start-console.ts';
import { launchConsole, type ConsoleProcess, type StartedProcess } from './testing/console-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'console-main-'));
afterAll(() => rmSync(folder, { recursive: true }));

const running: ConsoleProcess[] = [];
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
});
function launch(env: Record<string, string>): ConsoleProcess {
  const launched = launchConsole(new URL('./main.ts', import.meta.url), { DATABASE_URL: `sqlite:${folder}/main.db`, ...env });
  running.push(launched);
  return launched;
}
const start = async (env: Record<string, string> = {}): Promise<StartedProcess> => launch(env).started();
async function fail(env: Record<string, string>): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const { stderr, stdout, exited } = launch(env);
  const { code } = await exited;
  return { code, stderr: stderr(), stdout: stdout() };
}

describe('a start that cannot be', () => {
  test('for its configuration names every fault and ends with 78', async () => {
    const { code, stderr } = await fail({ HOST: '0.0.0.0', PORT: 'x', REDIS_URL: 'redis://r' });
    expect(code).toBe(78);
    expect(stderr.trim().split('\n')).toEqual([
      'The configuration has 4 faults:',
      '  REDIS_URL: not supported yet',
      '  PORT: a number from 0 to 65535 is needed',
      '  PUBLIC_ORIGIN: required because HOST 0.0.0.0 is not loopback',
      '  SESSION_KEYS: required because HOST 0.0.0.0 is not loopback',
    ]);
  });
  test('for a taken port is one clear line', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await fail({ PORT: String(port) });
    expect([code, stderr]).toEqual([
      1,
      `Port ${port} of 127.0.0.1 is taken: stop what listens there, or choose another PORT (0 picks a free one).\n`,
    ]);
    other.close();
  });
  test('because another process holds the data says which', async () => {
    const first = await start();
    const { code, stderr } = await fail({});
    expect([code, stderr]).toEqual([1, `Another console holds ${folder}/main.db: stop it, or name another file in DATABASE_URL.\n`]);
    await first.end('SIGTERM');
  });
  test('because the database is none says so', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'This is no database. '.repeat(100));
    const { code, stderr } = await fail({ DATABASE_URL: `sqlite:${folder}/notes.txt` });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The database .*notes\.txt cannot be opened\..*\n$/);
  });
});

describe('a console that runs', () => {
  let served: StartedProcess;
  beforeAll(async () => {
    served = await start({ DATABASE_URL: `sqlite:${folder}/second.db` });
    running.length = 0; // for the whole block
  });
  afterAll(() => served.end('SIGKILL'));

  test('says where it is and how to sign in, and keeps its logs apart', () => {
    expect(served.stdout()).toMatch(/^Brokkr Console \d+\.\d+\.\d+: http:\/\/127\.0\.0\.1:\d+\n/);
    expect(served.stdout()).toMatch(/Explore as viewer/);
    expect(served.stdout()).toMatch(/one-time link.*\/setup#first=[\w-]{43}\n/);
    for (const line of served.stderr().trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({
        level: expect.any(String) as string,
        timestamp: expect.any(String) as string,
        component: expect.any(String) as string,
      });
    expect(served.stderr()).not.toMatch(/setup#/);
  });
  test('keeps what it holds from other users of the machine', () => {
    for (const name of readdirSync(folder).filter((file) => file.startsWith('second.db') || file === 'session-keys')) {
      expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
    }
  });
  test('knows a session again after it was killed and started anew', async () => {
    const signedIn = await ask(served.port, '/api/sign-in/explore', post({ role: 'operator' }));
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    await served.end('SIGKILL');
    served = await start({ DATABASE_URL: `sqlite:${folder}/second.db` });
    running.length = 0;
    expect((await ask(served.port, '/api/session', { headers: { cookie } })).json()).toMatchObject({
      signedIn: true,
      person: { role: 'operator' },
    });
  });
  test('ends with 0 when told to, and has recorded it', async () => {
    expect(await served.end('SIGTERM')).toEqual({ code: 0, signal: null });
    served = await start({ DATABASE_URL: `sqlite:${folder}/second.db` });
    running.length = 0;
    const cookie =
      (await ask(served.port, '/api/sign-in/explore', post({ role: 'admin' }))).headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const { rows } = (await ask(served.port, '/api/audit?type=system.started,system.stopped', { headers: { cookie } })).json() as {
      rows: { type: string }[];
    };
    expect(rows.map(({ type }) => type)).toEqual(['system.started', 'system.stopped', 'system.started', 'system.started']);
  });
});
