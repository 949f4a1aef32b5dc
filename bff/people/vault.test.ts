import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '#contract/bytes.ts';
import { countedRandom } from '#bff/testing/world.ts';
import { createVault } from './vault.ts';

const random = countedRandom();
const older = { id: 'k.1', bytes: random.bytes(32) };
const newer = { id: 'k2', bytes: random.bytes(32) };
const opened = async (vault: ReturnType<typeof createVault>, sealed: string, context = 'row 1') => {
  const plain = await vault.open('credential', sealed, context);
  return plain && fromUtf8(plain);
};

test('what is sealed opens again with its context and nowhere else', async () => {
  const vault = createVault([older], random);
  const sealed = await vault.seal('credential', utf8('secret'), 'row 1');
  expect(sealed).not.toContain('secret');
  expect(await opened(vault, sealed)).toBe('secret');
  expect(await opened(vault, sealed, 'row 2')).toBeUndefined();
  expect(await vault.open('draft', sealed, 'row 1')).toBeUndefined();
});

test('a value of which one character was changed does not open', async () => {
  const vault = createVault([older], random);
  const sealed = await vault.seal('credential', utf8('secret'), 'row 1');
  const at = sealed.length - 3;
  const tampered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  expect(await opened(vault, tampered)).toBeUndefined();
});

test('after a rotation the older key still opens, the newer seals, and without the older one nothing of it opens', async () => {
  const before = createVault([older], random);
  const rotated = createVault([newer, older], random);
  const sealed = await before.seal('credential', utf8('secret'), 'row 1');
  const signed = await before.sign('session', 'text');
  expect(await opened(rotated, sealed)).toBe('secret');
  expect(await rotated.verify('session', 'text', signed)).toBe(true);
  expect(rotated.isCurrent(sealed)).toBe(false);
  expect(rotated.isCurrent(await rotated.seal('credential', utf8('x'), 'row 1'))).toBe(true);
  const without = createVault([newer], random);
  expect(await opened(without, sealed)).toBeUndefined();
  expect(await without.verify('session', 'text', signed)).toBe(false);
});

test('a signature holds for its text and its purpose only', async () => {
  const vault = createVault([older], random);
  const signed = await vault.sign('session', 'text');
  expect(await vault.verify('session', 'text', signed)).toBe(true);
  expect(await vault.verify('session', 'texts', signed)).toBe(false);
  expect(await vault.verify('draft', 'text', signed)).toBe(false);
  expect(await vault.verify('session', 'text', 'nonsense')).toBe(false);
});
