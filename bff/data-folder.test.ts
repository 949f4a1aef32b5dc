import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig, StartFault, type Config } from './config.ts';
import { lockDatabase, prepareDataFolder, sessionKeysOf } from './data-folder.ts';

let folder: string;
let config: Config;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'));
  config = parseConfig({ DATABASE_URL: `sqlite:${folder}/new/console.db` }, { node: '24.21.0', sqlite: '3.53.4', execArgv: [] });
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the folder is made for its owner only', () => {
  expect(statSync(prepareDataFolder(config.database)).mode & 0o777).toBe(0o700);
});

test('a folder that cannot be made is told without a stack', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => prepareDataFolder(join(folder, 'file/console.db'))).toThrow(StartFault);
});

test('session keys are minted once, for the owner only, and stay', () => {
  const [first] = sessionKeysOf(config);
  expect(first?.bytes).toHaveLength(32);
  expect(sessionKeysOf(config)).toEqual([first]);
  const file = join(folder, 'new/session-keys');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/^minted-[a-z0-9]+:[\w-]{43}\n$/);
});

test('a minted file that somebody spoiled stops the start instead of signing everybody out', () => {
  sessionKeysOf(config);
  writeFileSync(join(folder, 'new/session-keys'), 'k:short\n');
  expect(() => sessionKeysOf(config)).toThrow(/session-keys: key k has \d+ bytes, 32 are needed/);
});

test('one process at a time holds a database; the lock goes with its holder', () => {
  prepareDataFolder(config.database);
  const unlock = lockDatabase(config.database);
  expect(() => lockDatabase(config.database)).toThrow(/Another console holds/);
  unlock();
  lockDatabase(config.database)();
});
