const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** `rq_` and 16 hex digits: the same name in the page, the answer, the log and the audit row. */
export const newRequestId = (): string => `rq_${hex(crypto.getRandomValues(new Uint8Array(8)))}`;

/** A UUID from plain random bytes: `crypto.randomUUID` exists on https and localhost only. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}
