import { expect, test } from 'vitest';
import { scryptHash } from './scrypt.ts';

const cheap = { ln: 10, r: 8, p: 1 };

test('a password verifies against its own hash, in any composition of its letters, and against no other', async () => {
  const passwords = scryptHash(cheap);
  const stored = await passwords.hash('Schlüssel zum Turm');
  expect(stored).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await passwords.verify('Schlu\u0308ssel zum Turm', stored)).toBe(true);
  expect(await passwords.verify('Schluessel zum Turm', stored)).toBe(false);
  expect(await passwords.hash('Schlüssel zum Turm')).not.toBe(stored);
});
test('a hash keeps its own cost when the cost of new ones rises', async () => {
  const stored = await scryptHash(cheap).hash('correct horse');
  expect(await scryptHash({ ln: 11, r: 8, p: 2 }).verify('correct horse', stored)).toBe(true);
});
test('what is no hash verifies nothing', async () => {
  expect(await scryptHash(cheap).verify('x', 'plain:x')).toBe(false);
});
test('many at once are all answered', async () => {
  const passwords = scryptHash(cheap);
  const stored = await passwords.hash('correct horse');
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => passwords.verify(n % 2 ? 'correct horse' : 'wrong', stored)));
  expect(answers.filter(Boolean)).toHaveLength(6);
});
