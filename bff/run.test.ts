import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, post } from '#bff/http/testing/start-console.ts';
import { launchConsole, type ConsoleProcess, type StartedProcess } from './testing/console-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'console-run-'));
afterAll(() => rmSync(folder, { recursive: true }));
const launched: ConsoleProcess[] = [];
afterEach(() => {
  for (const { child } of launched.splice(0)) child.kill('SIGKILL');
});
const whole = new URL('./main.ts', import.meta.url);
const faulty = new URL('./testing/faulty-console.ts', import.meta.url);
let number = 0;
function start(entry: URL, env: Record<string, string> = {}): Promise<StartedProcess> {
  const it = launchConsole(entry, { DATABASE_URL: `sqlite:${folder}/${(number += 1)}.db`, ...env });
  launched.push(it);
  return it.started();
}
const adminOf = async (port: number): Promise<Record<string, string>> => {
  const { headers } = await ask(port, '/api/sign-in/explore', post({ role: 'admin' }));
  return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
};
const auditOf = async (port: number, type: string) => {
  const { rows } = (await ask(port, `/api/audit?type=${type}`, { headers: await adminOf(port) })).json() as { rows: { seq: number }[] };
  return rows;
};

describe('an error that nobody caught', () => {
  /** Somebody waits for an answer while the console breaks. */
  async function breakBy(path: string, env: Record<string, string> = {}) {
    const served = await start(faulty, env);
    const waiting = ask(served.port, '/wait').then(
      ({ text }) => text,
      (error: NodeJS.ErrnoException) => error.code,
    );
    const startedAt = performance.now();
    await ask(served.port, path);
    const [exit, waited] = await Promise.all([served.exited, waiting]);
    return { served, exit, waited, ms: performance.now() - startedAt };
  }
  test.each([
    ['/throw', 'thrown on purpose'],
    ['/reject', 'rejected on purpose'],
  ])('%s: what is under way is answered, the end is recorded, and the process ends with 1', async (path, message) => {
    const { served, exit, waited, ms } = await breakBy(path, { DATABASE_URL: `sqlite:${folder}${path}.db` });
    expect([exit, waited]).toEqual([{ code: 1, signal: null }, 'at last']);
    expect(ms).toBeLessThan(4_000); // it waited for the answer and not for the time to be over
    expect(served.log()).toContainEqual(
      expect.objectContaining({ level: 'error', error: expect.objectContaining({ message }) as unknown }),
    );
    const again = await start(whole, { DATABASE_URL: `sqlite:${folder}${path}.db` });
    expect(await auditOf(again.port, 'system.stopped')).toHaveLength(1);
  });
  test('what does not end is cut, and the process ends with 1 within 5 s', async () => {
    const { exit, waited, ms } = await breakBy('/throw-and-hang');
    expect([exit, waited]).toEqual([{ code: 1, signal: null }, 'ECONNRESET']);
    expect(ms).toBeGreaterThan(3_900);
    expect(ms).toBeLessThan(5_500); // 5 s and what it takes to see the end of a process
  });
  test('without that, whoever waits is cut off and nothing is recorded', async () => {
    const { exit, waited } = await breakBy('/throw', { UNGUARDED: '1', DATABASE_URL: `sqlite:${folder}/unguarded.db` });
    expect([exit, waited]).toEqual([{ code: 1, signal: null }, 'ECONNRESET']);
    const again = await start(whole, { DATABASE_URL: `sqlite:${folder}/unguarded.db` });
    expect(await auditOf(again.port, 'system.stopped')).toEqual([]);
  });
});

test('whoever read the log has gone: people are served on, and the end is an orderly one', async () => {
  const served = await start(whole);
  served.child.stderr?.destroy();
  for (let time = 0; time < 3; time += 1) expect((await ask(served.port, '/api/session')).status).toBe(200); // a line each
  expect(await served.end('SIGTERM')).toEqual({ code: 0, signal: null });
});

describe('on SIGHUP, and when an admin asks', () => {
  const files = { LOG_LEVEL_FILE: join(folder, 'level'), LIMIT_QUEUE_FILE: join(folder, 'queue') };
  const write = (level: string, queue: string) => {
    writeFileSync(files.LOG_LEVEL_FILE, level);
    writeFileSync(files.LIMIT_QUEUE_FILE, queue);
  };
  const patience = { timeout: 10_000, interval: 20 };
  const hangUp = async (served: StartedProcess, message: string) => {
    const earlier = served.log().length;
    served.signal('SIGHUP');
    return vi.waitFor(() => {
      const line = served
        .log()
        .slice(earlier)
        .find((it) => it['message'] === message);
      if (!line) throw new Error(`no line says: ${message}`);
      return line;
    }, patience);
  };
  const inEffect = async (port: number) => {
    const { configuration } = (await ask(port, '/api/status', { headers: await adminOf(port) })).json() as {
      configuration: Record<string, string>;
    };
    return [configuration['LOG_LEVEL'], configuration['LIMIT_QUEUE']];
  };
  beforeEach(() => write('info', '100'));

  test('what changed holds, is logged, recorded and shown', async () => {
    const served = await start(whole, files);
    write('debug', '7');
    const line = await hangUp(served, 'the configuration has changed');
    const change = { before: { LOG_LEVEL: 'info', LIMIT_QUEUE: '100' }, after: { LOG_LEVEL: 'debug', LIMIT_QUEUE: '7' } };
    expect(line).toMatchObject({ level: 'warn', ...change });
    await ask(served.port, '/liveness');
    await vi.waitFor(() => expect(served.log()).toContainEqual(expect.objectContaining({ level: 'debug', message: 'request' })), patience);
    expect(await inEffect(served.port)).toEqual(['debug', '7']);
    const [row] = await auditOf(served.port, 'config.update');
    expect((await ask(served.port, `/api/audit/${row?.seq}`, { headers: await adminOf(served.port) })).json()).toMatchObject({
      outcome: 'success',
      person: null,
      ...change,
    });
  });
  test('one value at fault keeps all of them, says which, and records nothing', async () => {
    const served = await start(whole, files);
    write('warn', 'many');
    const line = await hangUp(served, 'the configuration stays as it was');
    expect(line).toMatchObject({ level: 'error', faults: ['LIMIT_QUEUE: a number from 0 to 10000 is needed'] });
    expect(await inEffect(served.port)).toEqual(['info', '100']);
    expect(await auditOf(served.port, 'config.update')).toEqual([]);
  });
  const reload = async (port: number, headers: Record<string, string>) =>
    ask(port, '/api/admin/reload', post({}, { headers: { ...headers, 'idempotency-key': crypto.randomUUID() } }));
  test('who asked is told what changed, and stands in the record', async () => {
    const served = await start(whole, files);
    const admin = await adminOf(served.port);
    write('warn', '7');
    const change = { before: { LOG_LEVEL: 'info', LIMIT_QUEUE: '100' }, after: { LOG_LEVEL: 'warn', LIMIT_QUEUE: '7' } };
    expect((await reload(served.port, admin)).json()).toEqual(change);
    expect(await inEffect(served.port)).toEqual(['warn', '7']);
    expect(served.log().filter(({ message }) => message === 'the configuration has changed')).toMatchObject([change]);
    const rows = await auditOf(served.port, 'config.update');
    expect(rows).toHaveLength(1);
    expect((await ask(served.port, `/api/audit/${rows[0]?.seq}`, { headers: admin })).json()).toMatchObject({
      outcome: 'success',
      person: { id: 'explore:admin' },
      resource: { kind: 'console', name: 'configuration' },
      ...change,
    });
    expect((await reload(served.port, admin)).json()).toEqual({ before: {}, after: {} });
  });
  test('who asked is told of every fault, and nothing is taken over', async () => {
    const served = await start(whole, files);
    write('loud', 'many');
    const refused = await reload(served.port, await adminOf(served.port));
    expect(refused.problem()).toMatchObject({
      status: 409,
      code: 'configuration_faulty',
      errors: [
        { path: 'LOG_LEVEL', message: 'loud is none of debug, info, warn, error' },
        { path: 'LIMIT_QUEUE', message: 'a number from 0 to 10000 is needed' },
      ],
    });
    expect(await inEffect(served.port)).toEqual(['info', '100']);
    expect(await auditOf(served.port, 'config.update')).toMatchObject([{ outcome: 'failure', code: 'configuration_faulty' }]);
  });
  test('nothing changed is nothing recorded', async () => {
    const served = await start(whole, files);
    await hangUp(served, 'the configuration was read again: nothing has changed');
    expect(await auditOf(served.port, 'config.update')).toEqual([]);
  });
});
