import { fromBase64Url, toBase64Url, utf8 } from '#contract/bytes.ts';
import type { Random } from '#contract/ports.ts';

/** One sealing key. */
export interface VaultKey {
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
}
/** Each purpose has keys of its own, derived from the sealing key, so that nothing sealed for one opens as another. */
type Purpose = 'session' | 'credential' | 'draft' | 'fingerprint';

/** Seals what rests in the store. Every value names its key; the newest seals, the others still open. */
export interface Vault {
  /** `context` says what the value belongs to: moved to another row it does not open. */
  seal(purpose: Purpose, plain: Uint8Array<ArrayBuffer>, context: string): Promise<string>;
  /** Undefined when the key is gone, or the value or its context was changed. */
  open(purpose: Purpose, sealed: string, context: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  sign(purpose: Purpose, text: string): Promise<string>;
  verify(purpose: Purpose, text: string, signature: string): Promise<boolean>;
  /** Whether a sealed value or a signature is of the newest key; if not, it is due to be made anew. */
  isCurrent(value: string): boolean;
}

/** Keys newest first, each of at least 32 bytes. */
export function createVault(keys: readonly VaultKey[], random: Random): Vault {
  const [newest] = keys;
  if (!newest) throw new Error('a vault needs a key');
  const derived = new Map<string, Promise<DerivedKey>>();
  const keyFor = (key: VaultKey, purpose: Purpose, use: 'AES-GCM' | 'HMAC'): Promise<DerivedKey> => {
    const name = `${key.id} ${purpose} ${use}`;
    const made = derived.get(name) ?? derive(key.bytes, purpose, use);
    derived.set(name, made);
    return made;
  };
  const named = (value: string) => {
    const [id, ...rest] = value.split(':');
    return { key: keys.find((key) => key.id === id), parts: rest.map((part) => fromBase64Url(part)) };
  };
  return {
    async seal(purpose, plain, context) {
      const iv = random.bytes(12);
      const key = await keyFor(newest, purpose, 'AES-GCM');
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(context) }, key, plain);
      return [newest.id, toBase64Url(iv), toBase64Url(new Uint8Array(sealed))].join(':');
    },
    async open(purpose, value, context) {
      const { key, parts } = named(value);
      const [iv, sealed] = parts;
      if (!key || !iv || !sealed) return undefined;
      const opening = crypto.subtle.decrypt(
        { name: 'AES-GCM', iv, additionalData: utf8(context) },
        await keyFor(key, purpose, 'AES-GCM'),
        sealed,
      );
      return opening.then(
        (plain) => new Uint8Array(plain),
        () => undefined, // WebCrypto says no more than that it does not fit
      );
    },
    async sign(purpose, text) {
      const signature = await crypto.subtle.sign('HMAC', await keyFor(newest, purpose, 'HMAC'), utf8(text));
      return `${newest.id}:${toBase64Url(new Uint8Array(signature))}`;
    },
    async verify(purpose, text, value) {
      const { key, parts } = named(value);
      const [signature] = parts;
      if (!key || !signature) return false;
      return crypto.subtle.verify('HMAC', await keyFor(key, purpose, 'HMAC'), signature, utf8(text));
    },
    isCurrent: (value) => value.startsWith(`${newest.id}:`),
  };
}

/** `CryptoKey`, by a name that both worlds know. */
type DerivedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

async function derive(bytes: Uint8Array<ArrayBuffer>, purpose: Purpose, use: 'AES-GCM' | 'HMAC'): Promise<DerivedKey> {
  const root = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(`console ${purpose} ${use}`) };
  return use === 'HMAC'
    ? crypto.subtle.deriveKey(hkdf, root, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign', 'verify'])
    : crypto.subtle.deriveKey(hkdf, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
