/** Beyond so many members one bit per number takes less room and less time than a list. */
const mostListed = 512;
/** Most sets stay small: they share this instead of holding an empty array each. */
const noBits = new Uint32Array(0);

/** A set of small whole numbers: a sorted list while it is short, bits once it is long. */
export class IntSet {
  #list: number[] | null = [];
  #bits = noBits;
  #size = 0;

  get size(): number {
    return this.#size;
  }
  has(number: number): boolean {
    if (this.#list === null) return isMarked(this.#bits, number);
    return this.#list[placeOf(this.#list, number)] === number;
  }
  /** @returns whether it was not there */
  add(number: number): boolean {
    if (this.has(number)) return false;
    this.#size += 1;
    if (this.#list !== null) {
      this.#list.splice(placeOf(this.#list, number), 0, number);
      if (this.#list.length <= mostListed) return true;
      this.#bits = wideEnough(this.#bits, this.#list.at(-1) ?? 0);
      this.mark(this.#bits);
      this.#list = null;
      return true;
    }
    this.#bits = wideEnough(this.#bits, number);
    mark(this.#bits, number);
    return true;
  }
  /** @returns whether it was there */
  delete(number: number): boolean {
    if (!this.has(number)) return false;
    this.#size -= 1;
    if (this.#list === null) unmark(this.#bits, number);
    else this.#list.splice(placeOf(this.#list, number), 1);
    return true;
  }
  /** Ascending; a copy, so that the set may change meanwhile. */
  values(): number[] {
    return this.#list === null ? markedIn(this.#bits) : [...this.#list];
  }
  /** Marks its members. The bits must be wide enough. */
  mark(bits: Uint32Array): void {
    if (this.#list !== null) for (const number of this.#list) mark(bits, number);
    else this.#bits.forEach((word, at) => (bits[at] = (bits[at] ?? 0) | word));
  }
  /** Unmarks all but its members. */
  keep(bits: Uint32Array): void {
    if (this.#list === null) {
      for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (this.#bits[at] ?? 0);
      return;
    }
    const kept = this.#list.filter((number) => isMarked(bits, number));
    bits.fill(0);
    for (const number of kept) mark(bits, number);
  }
}

/** Where `number` stands in an ascending list, or would stand. */
function placeOf(list: readonly number[], number: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function isMarked(bits: Uint32Array, number: number): boolean {
  return ((bits[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
}
export function mark(bits: Uint32Array, number: number): void {
  bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
}
export function unmark(bits: Uint32Array, number: number): void {
  bits[number >>> 5] = (bits[number >>> 5] ?? 0) & ~(1 << (number & 31));
}
/** The same bits with room for `number`. */
export function wideEnough(bits: Uint32Array<ArrayBuffer>, number: number): Uint32Array<ArrayBuffer> {
  const words = (number >>> 5) + 1;
  if (words <= bits.length) return bits;
  const wider = new Uint32Array(Math.max(words, bits.length * 2, 8));
  wider.set(bits);
  return wider;
}
export function countMarked(bits: Uint32Array): number {
  let count = 0;
  for (let word of bits) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
export function markedIn(bits: Uint32Array): number[] {
  const numbers: number[] = [];
  bits.forEach((word, at) => {
    for (let rest = word; rest !== 0; rest &= rest - 1) numbers.push(at * 32 + 31 - Math.clz32(rest & -rest));
  });
  return numbers;
}
