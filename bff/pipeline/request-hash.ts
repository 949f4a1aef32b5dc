import { toBase64Url, utf8 } from '#contract/bytes.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import type { Digest } from '#contract/ports.ts';
import type { ParsedRequest } from './parse-request.ts';

/** The same request has the same hash however its members are ordered. */
export async function requestHash(digest: Digest, { id }: Endpoint, { params, query, headers, body }: ParsedRequest): Promise<string> {
  const text = JSON.stringify([id, params, query, headers['if-match'] ?? null, body ?? null], sortedMembers);
  return toBase64Url(await digest.sha256(utf8(text)));
}
function sortedMembers(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
