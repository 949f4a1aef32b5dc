import { createHash, randomBytes } from 'node:crypto';
import type { Clock, Digest, Random } from '#contract/ports.ts';

/** The ports of `bff/contract/ports.ts` as Node has them. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  setTimer(callback, ms) {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};
export const nodeRandom: Random = { bytes: (length) => Uint8Array.from(randomBytes(length)) };
export const nodeDigest: Digest = { sha256: async (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest()) };
