import { ProblemError } from '#contract/problem.ts';

/**
 * Fills a path template. `.` and `..` are refused: percent-encoding leaves them alone, and URL parsers then delete the
 * parent segment. So is text that is no Unicode (a lone surrogate), which has no encoding at all.
 * @throws `invalid_request` naming the parameter
 */
export function buildPath(template: string, params: Record<string, string>, query: Record<string, string | undefined> = {}): string {
  const path = template.replaceAll(/\{([a-zA-Z]+)\}/g, (_whole, name: string) => segment(name, params[name] ?? ''));
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encode(name, value)}`]));
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function segment(name: string, value: string): string {
  if (value === '' || value === '.' || value === '..') throw unusable(name);
  return encode(name, value);
}
function encode(name: string, value: string): string {
  if (!value.isWellFormed()) throw unusable(name);
  return encodeURIComponent(value);
}
function unusable(name: string): ProblemError {
  return new ProblemError('invalid_request', 'This value cannot be named to the broker', {
    errors: [
      {
        path: name,
        code: 'unusable_segment',
        message: 'The broker cannot be asked about this value: it is empty, a dot segment or no valid text.',
      },
    ],
  });
}
