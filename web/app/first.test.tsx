import * as z from 'zod/mini';
import { expect, test } from 'vitest';
import { refuseMarkup } from './first.ts';

test('plain text passes to an HTML sink, markup does not, whoever brings it', () => {
  expect(refuseMarkup('.m { color: red } > a')).toBe('.m { color: red } > a');
  expect(() => refuseMarkup('<img src=x onerror=alert(1)>')).toThrow(TypeError);
});

test('the page has exactly one policy, and it makes no scripts', () => {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { defaultPolicy: { createHTML(text: string): unknown; createScript(text: string): unknown } };
  };
  expect(String(trustedTypes?.defaultPolicy.createHTML('a > b'))).toBe('a > b');
  expect(() => trustedTypes?.defaultPolicy.createScript('1')).toThrow(TypeError);
});

test('no parser is compiled from text', () => {
  expect(z.config().jitless).toBe(true);
});
