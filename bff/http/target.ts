import { ProblemError } from '#contract/problem.ts';

export const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
export const urlLimits = { lists: 8_192, others: 2_048 } as const;
const headerLimits = { count: 100, bytes: 16_384 } as const;
const onlyOnce = ['host', 'content-length', 'transfer-encoding'];

/** A request line and headers as they stood on the wire: routers and URL parsers have not mended anything yet. */
export interface RawHead {
  method: string;
  url: string;
  /** Name, value, name, value, … in their order, repetitions included. */
  rawHeaders: readonly string[];
}

/**
 * Refuses what two parsers could read differently (requirement 5.2), before anything routes by it.
 * @throws ProblemError `method_not_allowed`, `url_too_long`, `bad_target`, `headers_too_large`
 */
export function checkHead({ method, url, rawHeaders }: RawHead): void {
  if (!allMethods.includes(method)) throw new ProblemError('method_not_allowed', `The method ${method} is not used here`);
  const reads = method === 'GET' || method === 'HEAD';
  if (url.length > (reads ? urlLimits.lists : urlLimits.others)) throw urlTooLong();
  const fault = faultOfTarget(url) ?? faultOfFraming(rawHeaders);
  if (fault !== undefined) throw new ProblemError('bad_target', 'This request could be read in more than one way', { detail: fault });

  let bytes = 0;
  for (const part of rawHeaders) bytes += part.length + 2; // ": " or the line break
  if (rawHeaders.length > headerLimits.count * 2 || bytes > headerLimits.bytes) {
    throw new ProblemError('headers_too_large', `At most ${headerLimits.count} headers of ${headerLimits.bytes} bytes together are taken`);
  }
}
export const urlTooLong = () => new ProblemError('url_too_long', 'This address is too long');

function faultOfTarget(url: string): string | undefined {
  if (!url.startsWith('/')) return 'The target is not a path.';
  if (/[\\;#\u0000-\u0020\u007f]/.test(url)) return 'The target contains a character that must be encoded.';
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  if (path.includes('//')) return 'The path has an empty segment.';
  if (query !== -1 && /%(?![0-9a-f]{2})|%00/i.test(url.slice(query))) return 'The query is not well encoded.';
  for (const segment of path.split('/')) {
    const plain = decodeFully(segment);
    if (plain === undefined) return 'The path is not well encoded.';
    if (plain === '.' || plain === '..') return 'The path has a dot segment.';
    if (/[/\\;#\u0000-\u001f\u007f]/.test(plain)) return 'The path hides a separator.';
  }
  return undefined;
}

/** Decodes until nothing is left to decode: a segment that was encoded twice hides from a single pass. */
function decodeFully(segment: string): string | undefined {
  let text = segment;
  for (let pass = 0; text.includes('%'); pass++) {
    if (pass === 4) return undefined;
    try {
      const decoded = decodeURIComponent(text);
      if (decoded === text) return text;
      text = decoded;
    } catch {
      return pass === 0 ? undefined : text; // a decoded "100%" is a word, not an encoding
    }
  }
  return text;
}

function faultOfFraming(rawHeaders: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    if (!onlyOnce.includes(name)) continue;
    if (seen.has(name)) return `The header ${name} stands there twice.`;
    seen.add(name);
    if (name === 'transfer-encoding' && rawHeaders[at + 1]?.trim().toLowerCase() !== 'chunked')
      return 'The transfer encoding is not chunked.';
    if (name === 'content-length' && !/^\d{1,12}$/.test(rawHeaders[at + 1] ?? '')) return 'The content length is no number.';
  }
  if (!seen.has('host')) return 'The header host is missing.';
  return seen.has('content-length') && seen.has('transfer-encoding') ? 'The body has two lengths.' : undefined;
}
