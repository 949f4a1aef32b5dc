/** Steps that a comparison may still take; when they are used up, what is left counts as replaced. */
export interface WorkBudget {
  left: number;
}
/** Between lines that are unique on both sides few differ; where more do, finding the fewest is not worth the time. */
const mostEdits = 400;

interface Span {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** For each line of `before` the line of `after` that it became unchanged, or -1; ascending. */
export function matchLines(before: readonly string[], after: readonly string[], budget: WorkBudget): Int32Array {
  const partner = new Int32Array(before.length).fill(-1);
  // Most changes are small: what both texts begin and end with needs no numbers.
  let head = 0;
  let [toA, toB] = [before.length, after.length];
  for (; head < toA && head < toB && before[head] === after[head]; head += 1) partner[head] = head;
  for (; toA > head && toB > head && before[toA - 1] === after[toB - 1]; toA -= 1, toB -= 1) partner[toA - 1] = toB - 1;
  matchMiddle(before.slice(head, toA), after.slice(head, toB), budget).forEach((to, from) => {
    if (to !== -1) partner[head + from] = head + to;
  });
  return partner;
}
function matchMiddle(before: readonly string[], after: readonly string[], budget: WorkBudget): Int32Array {
  const { a, b, symbols } = numbered(before, after);
  const partner = new Int32Array(a.length).fill(-1);
  const countA = new Int32Array(symbols);
  const countB = new Int32Array(symbols);
  const placeB = new Int32Array(symbols);
  const waiting: Span[] = [{ fromA: 0, toA: a.length, fromB: 0, toB: b.length }];

  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    let { fromA, toA, fromB, toB } = span;
    for (; fromA < toA && fromB < toB && a[fromA] === b[fromB]; fromA += 1, fromB += 1) partner[fromA] = fromB;
    for (; fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]; toA -= 1, toB -= 1) partner[toA - 1] = toB - 1;
    budget.left -= toA - fromA + toB - fromB;
    if (fromA === toA || fromB === toB || budget.left < 0) continue;
    const inner = { fromA, toA, fromB, toB };
    const anchors = uniqueAnchors(inner);
    if (anchors.length === 0) {
      shortestEdit(a, b, inner, partner, budget);
      continue;
    }
    let last = { a: fromA, b: fromB };
    for (const anchor of anchors) {
      partner[anchor.a] = anchor.b;
      waiting.push({ fromA: last.a, toA: anchor.a, fromB: last.b, toB: anchor.b });
      last = { a: anchor.a + 1, b: anchor.b + 1 };
    }
    waiting.push({ fromA: last.a, toA, fromB: last.b, toB });
  }
  return partner;

  /** Lines that stand once on each side, as many of them as keep their order: the backbone of patience diff. */
  function uniqueAnchors({ fromA, toA, fromB, toB }: Span): { a: number; b: number }[] {
    for (let at = fromA; at < toA; at += 1) countA[a[at] ?? 0] = countB[a[at] ?? 0] = 0;
    for (let at = fromB; at < toB; at += 1) countA[b[at] ?? 0] = countB[b[at] ?? 0] = 0;
    for (let at = fromA; at < toA; at += 1) countA[a[at] ?? 0] = (countA[a[at] ?? 0] ?? 0) + 1;
    for (let at = fromB; at < toB; at += 1) {
      countB[b[at] ?? 0] = (countB[b[at] ?? 0] ?? 0) + 1;
      placeB[b[at] ?? 0] = at;
    }
    const unique: { a: number; b: number }[] = [];
    for (let at = fromA; at < toA; at += 1) {
      const symbol = a[at] ?? 0;
      if (countA[symbol] === 1 && countB[symbol] === 1) unique.push({ a: at, b: placeB[symbol] ?? 0 });
    }
    return longestAscending(unique);
  }
}

/** Equal lines get equal numbers. */
function numbered(before: readonly string[], after: readonly string[]) {
  const numbers = new Map<string, number>();
  const number = (line: string) => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  };
  const a = Int32Array.from(before, number);
  const b = Int32Array.from(after, number);
  return { a, b, symbols: numbers.size };
}

/** The longest selection whose `b` ascends as its `a` does. */
function longestAscending(pairs: readonly { a: number; b: number }[]): { a: number; b: number }[] {
  /** Last pair of the best selection of each length, and which pair stands before each. */
  const ends: number[] = [];
  const previous = new Int32Array(pairs.length);
  pairs.forEach(({ b }, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[ends[middle] ?? 0]?.b ?? 0) < b) low = middle + 1;
      else high = middle;
    }
    previous[at] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = at;
  });
  const selection: { a: number; b: number }[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) selection.push(pair);
  }
  return selection.toReversed();
}

/** Myers' greedy algorithm within a span; leaves it unmatched when it would take too many edits. */
function shortestEdit(a: Int32Array, b: Int32Array, { fromA, toA, fromB, toB }: Span, partner: Int32Array, budget: WorkBudget): void {
  const lengthA = toA - fromA;
  const lengthB = toB - fromB;
  const most = Math.min(mostEdits, lengthA + lengthB);
  const offset = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const history: Int32Array[] = [];
  for (let edits = 0; edits <= most && budget.left >= 0; edits += 1) {
    history.push(reach.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const isDown = diagonal === -edits || (diagonal !== edits && at(reach, diagonal - 1) < at(reach, diagonal + 1));
      let x = isDown ? at(reach, diagonal + 1) : at(reach, diagonal - 1) + 1;
      while (x < lengthA && x - diagonal < lengthB && a[fromA + x] === b[fromB + x - diagonal]) {
        x += 1;
        budget.left -= 1;
      }
      reach[offset + diagonal] = x;
      budget.left -= 1;
      if (x >= lengthA && x - diagonal >= lengthB) return walkBack(edits);
    }
  }

  function at(from: Int32Array, diagonal: number): number {
    return from[offset + diagonal] ?? 0;
  }
  function walkBack(edits: number): void {
    let x = lengthA;
    let y = lengthB;
    for (let left = edits; left >= 0; left -= 1) {
      const before = history[left] ?? reach;
      const diagonal = x - y;
      const isDown = diagonal === -left || (diagonal !== left && at(before, diagonal - 1) < at(before, diagonal + 1));
      const from = isDown ? diagonal + 1 : diagonal - 1;
      const startX = at(before, from);
      const startY = startX - from;
      while (x > startX && y > startY) {
        x -= 1;
        y -= 1;
        partner[fromA + x] = fromB + y;
      }
      x = startX;
      y = startY;
    }
  }
}
