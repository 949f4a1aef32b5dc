import { toBase64Url, toHex, utf8 } from '#contract/bytes.ts';
import type { Clock, Digest, Random } from '#contract/ports.ts';
import type { AccountStore, LinkPurpose } from './accounts.ts';

export const linkLifeMs = 24 * 3_600_000;
export const linkHash = async (digest: Digest, token: string): Promise<string> => toHex(await digest.sha256(utf8(token)));

/** A new one-time token; the one before it for the same purpose is worth nothing from now on. */
export async function issueLink(
  purpose: LinkPurpose,
  { accounts, clock, random, digest }: { accounts: AccountStore; clock: Clock; random: Random; digest: Digest },
): Promise<string> {
  const token = toBase64Url(random.bytes(32));
  await accounts.putLink(await linkHash(digest, token), purpose, clock.now() + linkLifeMs);
  return token;
}
/**
 * The token rides in the fragment: no server, proxy or log ever sees it. Beside it stands whose link it is, as the page asks only
 * the first admin for a name; what the link may do is the server's to know.
 */
export const linkUrl = (origin: string, { kind }: LinkPurpose, token: string): string =>
  `${origin}/setup#${kind === 'first_admin' ? 'first=' : ''}${token}`;
