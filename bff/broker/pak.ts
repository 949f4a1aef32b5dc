/** How a PAK ends: short part, then base58 of 24 random bytes (32 or 33 characters, a few less with leading zeros). */
const tail = /_[A-Za-z0-9]{8}_[1-9A-HJ-NP-Za-km-z]{28,36}(?![A-Za-z0-9])/g;
const mask = '[masked key]';

export interface Masked {
  text: string;
  found: number;
}
/**
 * Replaces whatever is shaped like a PAK. Anchored at the tail and then walked left, because a leading `[A-Za-z0-9]*`
 * would make a long plain word cost its length squared.
 */
export function maskPaks(text: string): Masked {
  let masked = '';
  let from = 0;
  let found = 0;
  for (const match of text.matchAll(tail)) {
    let start = match.index;
    while (start > from && isWord(text.charCodeAt(start - 1))) start -= 1;
    masked += text.slice(from, start) + mask;
    from = match.index + match[0].length;
    found += 1;
  }
  return found === 0 ? { text, found } : { text: masked + text.slice(from), found };
}
/** For whoever only wants the text. */
export const withoutPaks = (text: string): string => maskPaks(text).text;
function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 45;
}

/** Members in which people and agents write what they like. Everything else the broker itself composes. */
const freeText = new Set([
  'name',
  'cluster_name',
  'status',
  'message',
  'label',
  'key',
  'value',
  'description',
  'event_type',
  'actor_name',
  'details',
]);

/**
 * Masks PAK-shaped text in free-text members of an already parsed answer and counts it.
 * @returns undefined when such text stands where no person writes: the answer is not to be used
 */
export function maskAnswer<T>(answer: T, issues: string | undefined): { answer: T; found: number } | undefined {
  let found = 0;
  let isForeign = false;
  const walk = (value: unknown, member: string, isFree: boolean): unknown => {
    if (typeof value === 'string') {
      if (member === issues) return value;
      const masked = maskPaks(value);
      found += masked.found;
      if (masked.found > 0 && !isFree) isForeign = true;
      return masked.text;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, member, isFree));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        isFree ? String(walk(key, '', true)) : key,
        walk(item, key, isFree || freeText.has(key)),
      ]),
    );
  };
  const walked = walk(answer, '', false) as T; // same shape: only strings were exchanged
  return isForeign ? undefined : { answer: walked, found };
}
