import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bothForms, type OpenedRows } from '#bff/testing/stores.ts';
import { countedRandom, listedLog, type LogLine } from '#bff/testing/world.ts';
import { openFingerprint } from './fingerprint.ts';
import { createVault, type VaultKey } from './vault.ts';

const random = countedRandom();
const oldKey: VaultKey = { id: 'old', bytes: random.bytes(32) };
const newKey: VaultKey = { id: 'new', bytes: random.bytes(32) };
const pak = 'brokkr_BRabcdef_2b9e4c116d0a4f7d8c5591f0';

describe.each(bothForms)('fingerprints $form', ({ open }) => {
  let opened: OpenedRows;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const lines: LogLine[] = [];
  const start = (...keys: VaultKey[]) =>
    openFingerprint({ rows: opened.rows.secrets, vault: createVault(keys, random), random, log: listedLog(lines) });

  test('a key has one name, which does not show the key, and keeps it over restarts and rotations', async () => {
    const print = await (await start(oldKey))(pak);
    expect(print).toMatch(/^[0-9a-f]{32}$/);
    expect(await (await start(oldKey))(pak)).toBe(print);
    expect(await (await start(newKey, oldKey))(pak)).toBe(print);
    expect(await (await start(newKey))(pak)).toBe(print); // sealed anew: the older key is not needed any more
    expect(await (await start(newKey))(`${pak}x`)).not.toBe(print);
    expect(lines).toEqual([]);
  });

  test('two that start at once mint one key', async () => {
    const [one, two] = await Promise.all([start(oldKey), start(oldKey)]);
    expect(await one?.(pak)).toBe(await two?.(pak));
  });

  test('with its sealing key gone a new one is minted, and the log says so', async () => {
    const print = await (await start(oldKey))(pak);
    expect(await (await start(newKey))(pak)).not.toBe(print);
    expect(lines).toMatchObject([{ level: 'warn' }]);
  });
});
