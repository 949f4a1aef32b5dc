import { toHex } from '#contract/bytes.ts';
import type { Digest } from '#contract/ports.ts';
import { canonicalBytes, genesisHash, type ChainedEntry } from './entry.ts';

/** Where a chain does not hold. */
export interface ChainBreak {
  seq: number;
  fault: 'missing' | 'previous_hash' | 'hash';
}
/** The entry before the first one to check; nothing for a check from the beginning. */
export interface ChainPoint {
  seq: number;
  hash: string;
}
export const chainStart: ChainPoint = { seq: 0, hash: genesisHash };

/**
 * Recomputes the chain over entries in their order; finds every entry that was changed, taken out, put in or moved. A cut
 * tail leaves no trace here: that takes a point kept elsewhere.
 */
export async function checkChain(
  entries: Iterable<ChainedEntry>,
  digest: Digest,
  from: ChainPoint = chainStart,
): Promise<ChainBreak | ChainPoint> {
  let { seq, hash } = from;
  for (const entry of entries) {
    if (entry.seq !== seq + 1) return { seq: seq + 1, fault: 'missing' };
    if (entry.previousHash !== hash) return { seq: entry.seq, fault: 'previous_hash' };
    if (toHex(await digest.sha256(canonicalBytes(entry, entry.seq, hash))) !== entry.hash) return { seq: entry.seq, fault: 'hash' };
    ({ seq, hash } = entry);
  }
  return { seq, hash };
}
