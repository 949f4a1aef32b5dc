/** One line of a before-and-after: a field that stayed, went, or came. */
export interface DiffLine {
  sign: ' ' | '-' | '+';
  field: string;
  /** The value in three parts, the middle one is what changed. */
  parts: readonly [same: string, changed: string, same: string];
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A bare value is a record of one nameless field. */
const fieldsOf = (value: unknown): Record<string, unknown> =>
  isRecord(value) ? value : value === null || value === undefined ? {} : { '': value };

/** Field by field, changed fields as a pair; the changed middle is what remains between a common start and a common end. */
export function fieldDiff(before: unknown, after: unknown): DiffLine[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((field): DiffLine[] => {
    const old = field in was ? show(was[field]) : undefined;
    const now = field in is ? show(is[field]) : undefined;
    if (old === now) return [{ sign: ' ', field, parts: [now ?? '', '', ''] }];
    if (old === undefined) return [{ sign: '+', field, parts: ['', now ?? '', ''] }];
    if (now === undefined) return [{ sign: '-', field, parts: ['', old, ''] }];
    const [start, end] = commonEnds(old, now);
    const cut = (text: string) => [text.slice(0, start), text.slice(start, text.length - end), text.slice(text.length - end)] as const;
    return [
      { sign: '-', field, parts: cut(old) },
      { sign: '+', field, parts: cut(now) },
    ];
  });
}
function commonEnds(a: string, b: string): [start: number, end: number] {
  const limit = Math.min(a.length, b.length);
  let start = 0;
  while (start < limit && a[start] === b[start]) start++;
  let end = 0;
  while (end < limit - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [start, end];
}
