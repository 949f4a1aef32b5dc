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
/** Scripts that are started by address, as workers are, come with the console itself: from beside the page's own. */
export function ownScriptOnly(address: string): string {
  const { origin, pathname } = new URL(address, location.href);
  if (origin !== location.origin || !/^\/assets\/[\w.-]+\.js$/.test(pathname))
    throw new TypeError('Only scripts of the console itself are started');
  return address;
}
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string; createScriptURL(address: string): string }): unknown;
}
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
trustedTypes?.createPolicy('default', { createHTML: refuseMarkup, createScriptURL: ownScriptOnly });
