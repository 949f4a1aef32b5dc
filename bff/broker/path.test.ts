import { expect, test } from 'vitest';
import { buildPath } from './path.ts';

test.each([
  ['region/eu', '/l/region%2Feu'],
  ['a b?c#d', '/l/a%20b%3Fc%23d'],
  ['%2e%2e', '/l/%252e%252e'],
  ['...', '/l/...'],
  ['ünï', '/l/%C3%BCn%C3%AF'],
])('%j is one encoded segment', (label, path) => {
  expect(buildPath('/l/{label}', { label })).toBe(path);
});

test.each(['.', '..', '', '\ud800'])('%j cannot be a segment and is refused before anything is sent', (label) => {
  expect(() => buildPath('/l/{label}', { label })).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test('without the refusal a dot segment would reach another operation', () => {
  // What encoding alone leaves, and what a URL parser makes of it.
  expect(new URL(`http://broker/api/v1/agents/a/labels/${encodeURIComponent('..')}`).pathname).toBe('/api/v1/agents/a/');
});

test('query values are encoded and absent ones left out', () => {
  expect(buildPath('/q', {}, { action: 'pak.*&x=1', resource_id: undefined, limit: '5' })).toBe('/q?action=pak.*%26x%3D1&limit=5');
});
