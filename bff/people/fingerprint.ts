import { toHex, utf8 } from '#contract/bytes.ts';
import type { Log, Random } from '#contract/ports.ts';
import type { Vault } from './vault.ts';

/** Small secrets of the installation, sealed. */
export interface SecretRows {
  read(name: string): Promise<string | undefined>;
  /** Two that mint at once: the first stays, both get it. */
  mint(name: string, sealed: string): Promise<string>;
  replace(name: string, sealed: string): Promise<void>;
}
/** Names a broker key without being able to lead back to it; the same key has the same name for as long as the store lives. */
export type Fingerprint = (pak: string) => Promise<string>;

const name = 'fingerprint-key';
/** The key is minted once, rests sealed under the newest sealing key, and is sealed anew after a rotation. */
export async function openFingerprint({
  rows,
  vault,
  random,
  log,
}: {
  rows: SecretRows;
  vault: Vault;
  random: Random;
  log: Log;
}): Promise<Fingerprint> {
  const seal = (bytes: Uint8Array<ArrayBuffer>) => vault.seal('fingerprint', bytes, name);
  let stored = await rows.read(name);
  stored ??= await rows.mint(name, await seal(random.bytes(32)));
  let bytes = await vault.open('fingerprint', stored, name);
  if (!bytes) {
    log.warn('the fingerprint key is sealed under a key that is gone; a new one is minted, and earlier fingerprints match no more');
    bytes = random.bytes(32);
    await rows.replace(name, await seal(bytes));
  } else if (!vault.isCurrent(stored)) {
    await rows.replace(name, await seal(bytes));
  }
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return async (pak) => toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(pak)))).slice(0, 32);
}
