export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** From the brace or comma before it: a name that could begin anywhere would cost a long word its length squared. */
const label = /[{,]\s*([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;
const escapes: Record<string, string> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };
const unescaped = (text: string) => text.replaceAll(/\\[\\"n]/g, (pair) => escapes[pair] ?? pair);

/**
 * The samples of some metrics in Prometheus' text format 0.0.4. A broker has a line for each agent: lines that nobody wants
 * are skipped unread. What is no sample (a comment, a value that is no number) is left out.
 */
export function* metricSamples(text: string, wanted: ReadonlySet<string>): Iterable<MetricSample> {
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    const sample = sampleOf(text, from, to, wanted);
    if (sample !== undefined) yield sample;
    from = to + 1;
  }
}

function sampleOf(text: string, from: number, to: number, wanted: ReadonlySet<string>): MetricSample | undefined {
  let end = from;
  while (end < to && isNamePart(text.charCodeAt(end))) end += 1;
  const name = text.slice(from, end);
  if (!wanted.has(name)) return undefined;
  const rest = text.slice(end, to);
  const close = rest.startsWith('{') ? closing(rest) : -1;
  const [number = ''] = rest
    .slice(close + 1)
    .trim()
    .split(/\s/);
  const value = number === '+Inf' ? Number.POSITIVE_INFINITY : Number(number);
  if (number === '' || Number.isNaN(value)) return undefined;
  const labels = Object.fromEntries(
    Array.from(rest.slice(0, close + 1).matchAll(label), ([, key = '', own = '']) => [key, unescaped(own)]),
  );
  return { name, labels, value };
}
/** Where the labels end: a `}` within quotes is none. */
function closing(rest: string): number {
  let isQuoted = false;
  for (let at = 1; at < rest.length; at += 1) {
    const char = rest[at];
    if (isQuoted && char === '\\') at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if (char === '}' && !isQuoted) return at;
  }
  return rest.length;
}
function isNamePart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 58) || code === 95;
}
