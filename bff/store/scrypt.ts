import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { createLimiter } from '#bff/lists/limiter.ts';
import type { PasswordHash } from '#contract/ports.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const bytes = 32;
/** Two at a time: each takes 32 MiB, and the thread pool has other work too. */
const mostAtOnce = 2;

/** scrypt as `$scrypt$ln=15,r=8,p=3$salt$hash`: the cost stands with the hash, so that it can rise later. */
export function scryptHash({ ln, r, p } = { ln: 15, r: 8, p: 3 }): PasswordHash {
  const inTurn = createLimiter(mostAtOnce);
  const hashOf = (password: string, salt: Buffer, cost: { ln: number; r: number; p: number }) => {
    const N = 2 ** cost.ln;
    const options = { N, r: cost.r, p: cost.p, maxmem: 256 * N * cost.r };
    return inTurn(() => derive(password.normalize('NFKC'), salt, bytes, options));
  };
  return {
    async hash(password) {
      const salt = randomBytes(16);
      const hash = await hashOf(password, salt, { ln, r, p });
      return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
    },
    async verify(password, stored) {
      const parts = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(stored)?.slice(1);
      if (!parts) return false;
      const [ofLn, ofR, ofP, salt = '', expected = ''] = parts;
      const hash = await hashOf(password, Buffer.from(salt, 'base64url'), { ln: Number(ofLn), r: Number(ofR), p: Number(ofP) });
      const wanted = Buffer.from(expected, 'base64url');
      return wanted.length === hash.length && timingSafeEqual(wanted, hash);
    },
  };
}
