import type { DiffLine } from '#contract/revisions.ts';
import { matchLines } from './match-lines.ts';
import type { WorkBudget } from './match-lines.ts';

/** A text whose first line has this number in the whole it was taken from. */
export interface NumberedText {
  text: string;
  line: number;
}
export interface LineChanges {
  lines: DiffLine[];
  addedLines: number;
  removedLines: number;
  /** More lines than there was room for. */
  isCut: boolean;
}
export interface DiffRoom {
  /** Shared by all comparisons of one answer. */
  budget: WorkBudget;
  mostLines: number;
}
/** Unchanged lines shown on each side of a change. */
const contextLines = 3;

/** Two texts as one list of lines: removed before added, unchanged ones far from any change folded into `skip`. */
export function diffLines(before: NumberedText, after: NumberedText, { budget, mostLines }: DiffRoom): LineChanges {
  const old = linesOf(before.text);
  const next = linesOf(after.text);
  const partner = matchLines(old, next, budget);
  const changes: LineChanges = { lines: [], addedLines: 0, removedLines: 0, isCut: false };

  /** As many of `count` lines as there is room for. */
  function list(count: number, line: (at: number) => DiffLine): DiffLine[] {
    const fitting = Math.min(count, mostLines - changes.lines.length);
    changes.isCut ||= fitting < count;
    const made = Array.from({ length: fitting }, (_, at) => line(at));
    for (const it of made) changes.lines.push(it);
    return made;
  }
  const same = (from: number, to: number, count: number) =>
    list(count, (at) => ({ kind: 'same', before: before.line + from + at, after: after.line + to + at, text: old[from + at] ?? '' }));

  for (let from = 0, to = 0; from < old.length || to < next.length;) {
    let end = from;
    while (end < old.length && partner[end] === -1) end += 1;
    const meets = end < old.length ? (partner[end] ?? next.length) : next.length;
    const [first, firstAfter] = [from, to];
    const removed = list(end - first, (at) => ({
      kind: 'removed',
      before: before.line + first + at,
      after: null,
      text: old[first + at] ?? '',
    }));
    const added = list(meets - to, (at) => ({
      kind: 'added',
      before: null,
      after: after.line + firstAfter + at,
      text: next[firstAfter + at] ?? '',
    }));
    if (end - from === meets - to) markWords(removed, added);
    changes.removedLines += end - from;
    changes.addedLines += meets - to;

    let run = 0;
    while (end + run < old.length && partner[end + run] === meets + run) run += 1;
    const head = end === 0 && meets === 0 ? 0 : contextLines;
    const tail = end + run === old.length && meets + run === next.length ? 0 : contextLines;
    const skipped = run - head - tail;
    // One line takes no more room than the word that it was left out.
    if (skipped <= 1) same(end, meets, run);
    else {
      same(end, meets, head);
      list(1, () => ({ kind: 'skip', before: before.line + end + head, after: after.line + meets + head, text: '', skipped }));
      same(end + run - tail, meets + run - tail, tail);
    }
    from = end + run;
    to = meets + run;
  }
  return changes;
}

/** Lines without their ends; a last line end opens no further line. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const wordCharacter = /[\w.-]/;
/** In lines that replace each other one by one, the stretch that changed, widened to whole words. */
function markWords(removed: readonly DiffLine[], added: readonly DiffLine[]): void {
  removed.forEach((old, at) => {
    const next = added[at];
    if (next === undefined) return;
    const [one, other] = [old.text, next.text];
    const shorter = Math.min(one.length, other.length);
    let head = 0;
    while (head < shorter && one[head] === other[head]) head += 1;
    while (head > 0 && wordCharacter.test(one.charAt(head - 1))) head -= 1;
    let tail = 0;
    while (tail < shorter - head && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
    while (tail > 0 && wordCharacter.test(one.charAt(one.length - tail))) tail -= 1;
    // Lines that share hardly more than their indentation are two lines, not one that changed.
    if (head + tail - indentOf(one) < shorter / 4) return;
    old.words = [head, one.length - tail];
    next.words = [head, other.length - tail];
  });
}
const indentOf = (line: string) => Math.max(0, line.search(/\S/));
