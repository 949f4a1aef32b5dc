import * as z from 'zod/mini';

// zod would compile its parsers; the page's policy forbids eval, and merely trying is a violation.
z.config({ jitless: true });

/**
 * The one Trusted Types policy of the page. Libraries hand plain text to HTML sinks (a style's content, an emptied element):
 * that passes. Markup in a string never does, whoever brings it.
 */
export function refuseMarkup(text: string): string {
  if (text.includes('<')) throw new TypeError('Markup in a string is refused: build elements instead');
  return text;
}
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
}
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
trustedTypes?.createPolicy('default', { createHTML: refuseMarkup });
