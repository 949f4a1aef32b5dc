import { toHex, utf8 } from '#contract/bytes.ts';
import type { Clock, Digest } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';

/** One counter of failed sign-ins. It opens with the first failure and forgets when its window is over. */
interface Counter {
  key: string;
  limit: number;
  windowMs: number;
}
export interface AttemptRows {
  /**
   * In one transaction: when a counter is full, counts nothing and says when the last full one opens again; else counts
   * one in each. A live counter is never dropped to make room.
   */
  take(counters: readonly Counter[], nowMs: number): Promise<{ fullUntilMs: number | null }>;
  /** Gives back what `take` counted, for an attempt that was right. */
  giveBack(keys: readonly string[]): Promise<void>;
  clear(key: string): Promise<void>;
}
/** A try counts before it is judged, so that many at once cannot pass together; only success gives it back. */
export interface SignInLimiter {
  /** @throws `rate_limited` */
  take(identity: string, ip: string | null): Promise<Judged>;
}
interface Judged {
  succeeded(): Promise<void>;
  /** Nobody could tell whether it was right. */
  notJudged(): Promise<void>;
}

const quarterHour = 15 * 60_000;
const attemptLimits = {
  identity: { limit: 5, windowMs: quarterHour },
  address: { limit: 20, windowMs: quarterHour },
  everybody: { limit: 100, windowMs: 60_000 },
} as const;

/** Names an identity without keeping it: people do type passwords into the name field. */
export const identityKey = async (digest: Digest, identity: string): Promise<string> =>
  `identity:${toHex(await digest.sha256(utf8(identity)))}`;

export function createSignInLimiter({ rows, clock, digest }: { rows: AttemptRows; clock: Clock; digest: Digest }): SignInLimiter {
  return {
    async take(identity, ip) {
      const own = await identityKey(digest, identity);
      const counters: Counter[] = [
        { key: own, ...attemptLimits.identity },
        { key: 'everybody', ...attemptLimits.everybody },
      ];
      if (ip !== null) counters.push({ key: `address:${addressPrefix(ip)}`, ...attemptLimits.address });
      const now = clock.now();
      const { fullUntilMs } = await rows.take(counters, now);
      if (fullUntilMs !== null) {
        throw new ProblemError('rate_limited', 'Too many failed sign-ins; wait before the next', {
          retry_after_s: Math.max(1, Math.ceil((fullUntilMs - now) / 1000)),
        });
      }
      const notJudged = () => rows.giveBack(counters.map(({ key }) => key));
      return {
        notJudged,
        async succeeded() {
          await notJudged();
          await rows.clear(own);
        },
      };
    },
  };
}

/** IPv4 as it is, IPv6 by its /64: whoever has one address there has them all. */
export function addressPrefix(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped || !ip.includes(':')) return mapped ?? ip;
  const [head = '', tail = ''] = (ip.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = ip.includes('::') ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right] : left;
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
