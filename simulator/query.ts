import { type Micros, parseRfc3339 } from './time.ts';
import { parseUuid } from './uuid.ts';

/** Why the broker refuses a query string, in its words. */
export class QueryError extends Error {}

type Reader<T> = (text: string) => T;
type Readers = Record<string, Reader<unknown>>;
export type QueryOf<R extends Readers> = { [K in keyof R]: ReturnType<R[K]> | undefined };
export type QueryShape<T> = (query: string) => T;

const plus = (text: string) => text.replaceAll('+', ' ');
/** Percent-decoding that keeps what is not an escape, as forms do; bytes that are not UTF-8 become replacement characters. */
function decodeForm(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const bytes: number[] = [];
  const source = new TextEncoder().encode(plus(text));
  for (let i = 0; i < source.length; i += 1) {
    const escape = String.fromCharCode(...source.subarray(i, i + 3));
    if (/^%[0-9a-f]{2}$/i.test(escape)) {
      bytes.push(Number.parseInt(escape.slice(1), 16));
      i += 2;
    } else bytes.push(source[i] ?? 0);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

export const text: Reader<string> = (value) => value;
export const integer: Reader<number> = (value) => {
  if (value === '') throw new QueryError('cannot parse integer from empty string');
  if (!/^[+-]?\d+$/.test(value)) throw new QueryError('invalid digit found in string');
  const number = Number(value);
  if (BigInt.asIntN(64, BigInt(value)) !== BigInt(value))
    throw new QueryError(`number too ${number > 0 ? 'large' : 'small'} to fit in target type`);
  return number;
};
export const boolean: Reader<boolean> = (value) => {
  if (value === 'true' || value === 'false') return value === 'true';
  throw new QueryError('provided string was not `true` or `false`');
};
export const uuid: Reader<string> = (value) => {
  const parsed = parseUuid(value);
  if ('uuid' in parsed) return parsed.uuid;
  throw new QueryError(parsed.refusal);
};
export const timestamp: Reader<Micros> = (value) => {
  const parsed = parseRfc3339(value);
  if (typeof parsed === 'number') return parsed;
  throw new QueryError(parsed.refusal);
};

/** Every parameter is optional to the parser; unknown ones are ignored, a known one may stand once. */
export const query =
  <R extends Readers>(readers: R): QueryShape<QueryOf<R>> =>
  (raw) => {
    const found: Record<string, unknown> = {};
    for (const pair of raw.split('&')) {
      const cut = pair.indexOf('=');
      const key = decodeForm(cut < 0 ? pair : pair.slice(0, cut));
      const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (!reader) continue;
      if (Object.hasOwn(found, key)) throw new QueryError(`duplicate field \`${key}\``);
      found[key] = reader(cut < 0 ? '' : decodeForm(pair.slice(cut + 1)));
    }
    return found as QueryOf<R>;
  };
