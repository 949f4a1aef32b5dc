import { toHex, utf8 } from '#contract/bytes.ts';
import type { Digest } from '#contract/ports.ts';

/** SHA-256 of the last part of the admin key that is published with the broker's source. */
const publishedKeyHash = '4c697273df3d764cba950bb5c04368097685f09259f5bd880d892cf1ff9f4cdd';

/** Whether everybody could know this key. */
export async function isPublishedKey(pak: string, digest: Digest): Promise<boolean> {
  return toHex(await digest.sha256(utf8(pak.split('_')[2] ?? ''))) === publishedKeyHash;
}
