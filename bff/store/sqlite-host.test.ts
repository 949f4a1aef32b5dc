import { expect, test } from 'vitest';
import { startSqlite } from './sqlite-host.ts';
import { temporaryFolder } from '#bff/testing/stores.ts';

/** A thread that answers until it is asked to break. */
const mortal = (how: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ id, action }) => {
        if (action.sql === 'break') ${how};
        parentPort.postMessage({ id, ok: true, rows: [], changes: 0 });
      });
    `)}`,
  );
const run = (sql: string) => ({ kind: 'run', sql, parameters: [] }) as const;

test.each([
  ['an error in it', "throw new Error('broken on purpose')", /broken on purpose/],
  ['its end', 'process.exit(1)', /has ended/],
])('%s is told once, whoever waited is refused, and so is everybody after', async (_what, how, message) => {
  const { promise: death, resolve } = Promise.withResolvers<Error>();
  let deaths = 0;
  const host = startSqlite('unused', { script: mortal(how), died: (reason) => ((deaths += 1), resolve(reason)) });
  await host.ask('reader', run('select 1'), 0);
  await expect(host.ask('writer', run('break'), 0)).rejects.toThrow(message);
  expect((await death).message).toMatch(message);
  await expect(host.ask('reader', run('select 1'), 0)).rejects.toThrow(message);
  await host.close();
  expect(deaths).toBe(1);
});

test('a thread that never came to work, and one that is closed, are nobody’s surprise', async () => {
  const died = () => expect.fail('told of a death');
  const stillborn = startSqlite('/nowhere/at/all.db', { died });
  await expect(stillborn.ask('reader', run('select 1'), 0)).rejects.toThrow(/unable to open/);
  const { file, remove } = temporaryFolder();
  const closed = startSqlite(file, { died });
  await closed.ask('reader', run('select 1'), 0);
  await closed.close();
  await expect(closed.ask('reader', run('select 1'), 0)).rejects.toThrow(/has ended/);
  remove();
});
