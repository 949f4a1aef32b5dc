import { expect, test } from 'vitest';
import { safeNext } from './paths.ts';

test('a sign-in leads on to a path of this page, with its question and its place', () => {
  expect(safeNext('/fleet?sort=-name#top')).toBe('/fleet?sort=-name#top');
  expect([null, '', 'fleet', '/sign-in', '/sign-in?next=%2Ffleet'].map(safeNext)).toEqual(['/', '/', '/', '/', '/']);
});

test.each([
  ['an address', 'https://evil.example'],
  ['a host without a scheme', '//evil.example'],
  ['a backslash, which browsers read as a slash', '/\\evil.example'],
  ['a tab, which browsers leave out', '/\t/evil.example'],
  ['a line break, likewise', '/\n/evil.example'],
  ['a dot that resolves to nothing', '/.//evil.example'],
  ['two that climb out', '/fleet/..//evil.example'],
])('and never to another origin: %s', (_what, next) => {
  expect(safeNext(next)).toBe('/');
});
