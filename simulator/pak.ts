import type { Chance } from './chance.ts';
import { sha256 } from './sha256.ts';

/** The hash of the admin PAK that brokers ship with: public, and said so by every broker that still accepts it (CONTRACT 2.1). */
export const publicAdminPakHash = '4c697273df3d764cba950bb5c04368097685f09259f5bd880d892cf1ff9f4cdd';

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `<prefix>_<short>_<long>`; the long part is base58 of 24 bytes. */
export function mintPak(chance: Chance): string {
  let number = 0n;
  for (const byte of chance.bytes(24)) number = number * 256n + BigInt(byte);
  let long = '';
  for (; number > 0n; number /= 58n) long = base58.charAt(Number(number % 58n)) + long;
  const short = Array.from({ length: 6 }, () => alphanumeric.charAt(chance.int(alphanumeric.length))).join('');
  return `brokkr_BR${short}_${long}`;
}

/** The stored form: only the third of exactly three parts counts, whatever stands before it. Undefined when malformed. */
export function pakHash(value: string): string | undefined {
  const parts = value.trim().split('_');
  const long = parts[2];
  return parts.length === 3 && long ? sha256(long) : undefined;
}
