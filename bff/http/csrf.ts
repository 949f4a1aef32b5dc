import type { IncomingHttpHeaders } from 'node:http';
import { consoleHeader } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Site } from './site.ts';

/** Methods that may change something: each of them has to prove that the console's own page sent it. */
export const isUnsafe = (method: string): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/**
 * Requirement 4.1: where the browser says the request comes from, a header no form can set, and a media type no form can send.
 * @throws ProblemError `csrf_refused`, `unsupported_media_type`
 */
export function checkProvenance(headers: IncomingHttpHeaders, site: Site): void {
  const from = headers['sec-fetch-site'];
  const isOurs = from === undefined ? site.hasOrigin(headers.origin) : from === 'same-origin';
  if (!isOurs) throw refused('It did not come from a page of this console.');
  const use = headers[consoleHeader];
  if (use !== 'action' && use !== 'poll') throw refused(`The header ${consoleHeader} is missing.`);
  if (!isJson(headers['content-type'])) throw new ProblemError('unsupported_media_type', 'Requests are sent as application/json');
}
const refused = (detail: string) => new ProblemError('csrf_refused', 'This request was refused', { detail });

/** UTF-8 is the only charset JSON has. */
export const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '');
