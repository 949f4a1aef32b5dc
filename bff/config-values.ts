import type { VaultKey } from '#bff/people/vault.ts';

/** 127.0.0.0/8, ::1 and localhost, as a URL or a listener spells them. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);

/** Undefined: no whole number from 0 to `highest`. */
export function wholeNumber(text: string, highest: number): number | undefined {
  return /^\d{1,9}$/.test(text) && Number(text) <= highest ? Number(text) : undefined;
}

export function isOlder(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  const differs = need?.findIndex((part, at) => part !== have?.[at]) ?? -1;
  return differs >= 0 && (have?.[differs] ?? 0) < (need?.[differs] ?? 0);
}

/** An origin and nothing else: no user, path, query or fragment that would silently not count. */
export function checkOrigin(text: string, fault: (why: string) => void, { plainOffLoopback }: { plainOffLoopback: boolean }): void {
  if (!URL.canParse(text)) return fault(`${text} is no URL`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') fault('must begin with http:// or https://');
  else if (text.replace(/\/$/, '').toLowerCase() !== `${url.protocol}//${url.host}` && !/:(80|443)\/?$/.test(text))
    fault('must be an origin alone: scheme, host and port');
  else if (url.protocol === 'http:' && !plainOffLoopback && !isLoopback(url.hostname)) fault('must be https: plain http is for loopback');
}

/** `id:base64` parted by commas or lines, newest first. */
export function parseSessionKeys(text: string, fault: (why: string) => void): VaultKey[] {
  const keys = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .flatMap((entry, at): VaultKey[] => {
      const [, id, secret] = /^([A-Za-z0-9][A-Za-z0-9.-]{0,31}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
      if (id === undefined || secret === undefined) return (fault(`entry ${at + 1} is not id:base64`), []);
      const bytes = new Uint8Array(Buffer.from(secret, 'base64'));
      if (bytes.length < 32) return (fault(`key ${id} has ${bytes.length} bytes, 32 are needed`), []);
      // Random bytes never look like this; a placeholder that somebody forgot to replace does.
      if (new Set(bytes).size < 12) return (fault(`key ${id} is not random`), []);
      return [{ id, bytes }];
    });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) fault('two keys have the same id');
  return keys;
}
