/** A seeded source of chance: the same seed gives the same world. */
export interface Chance {
  /** In [0, 1). */
  float(): number;
  /** An integer in [0, below). */
  int(below: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  uuid(): string;
  bytes(length: number): Uint8Array;
  /** Starts over from another seed. */
  reseed(seed: string): void;
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** FNV-1a over the text, mixed once more: one 32-bit word per salt. */
function hashText(text: string, salt = 0): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const pairs = (value: number) =>
  `${hex[value >>> 24] ?? ''}${hex[(value >>> 16) & 255] ?? ''}${hex[(value >>> 8) & 255] ?? ''}${hex[value & 255] ?? ''}`;

/** sfc32: small, fast, and good enough for names and jitter. */
export function chance(seed: string): Chance {
  let [a, b, c, counter] = [0, 0, 0, 0];
  const word = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  const source: Chance = {
    float: () => word() / 0x1_0000_0000,
    int: (below) => Math.floor((word() / 0x1_0000_0000) * below),
    pick: (from) => from[source.int(from.length)] ?? from[0],
    uuid() {
      const [first, second, third, fourth] = [pairs(word()), pairs(word()), pairs(word()), pairs(word())];
      const variant = '89ab'.charAt(Number.parseInt(third.charAt(0), 16) & 3);
      return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
    },
    bytes: (length) => Uint8Array.from({ length }, () => word() >>> 24),
    reseed(next) {
      [a, b, c, counter] = [hashText(next, 1), hashText(next, 2), hashText(next, 3), 1];
      for (let i = 0; i < 12; i += 1) word();
    },
  };
  source.reseed(seed);
  return source;
}
