import type { SessionSlot } from '#bff/pipeline/route.ts';
import type { ServerResponse } from 'node:http';

/** Browsers take this name only Secure, HttpOnly, for the whole host and from a response: no script and no sibling can plant one. */
const name = '__Host-Http-console';
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** The token of exactly one well-formed session cookie. */
export function tokenFrom(cookieHeader: string | undefined): string | null {
  const values = (cookieHeader ?? '').split(';').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals > 0 && pair.slice(0, equals).trim() === name ? [pair.slice(equals + 1).trim()] : [];
  });
  const [value] = values;
  return values.length === 1 && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}

/** Turns what sign-in or sign-out left in the slot into headers; nothing happened, nothing is sent. */
export function settleCookie(slot: SessionSlot, response: ServerResponse): void {
  if (slot.next === undefined) return;
  if (slot.next !== null) {
    response.setHeader('set-cookie', `${name}=${slot.next}; ${attributes}`);
    return;
  }
  response.setHeader('set-cookie', `${name}=; ${attributes}; Max-Age=0`);
  // The browser's cache is left alone: it holds public files only, and clearing it stalls the page for seconds.
  response.setHeader('clear-site-data', '"cookies", "storage"');
}
