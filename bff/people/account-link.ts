import type { Clock, Digest, Random } from '#contract/ports.ts';
import type { Role } from '#contract/session.ts';
import { uuidV7 } from '#contract/uuid-v7.ts';
import { nameKey, personOf, type Account, type AccountStore } from './accounts.ts';
import { identityKey, type AttemptRows } from './limiter.ts';
import { issueLink } from './links.ts';
import type { SessionRows } from './sessions.ts';

export interface AccountLinkWorld {
  accounts: AccountStore;
  attempts: AttemptRows;
  sessions: SessionRows;
  clock: Clock;
  random: Random;
  digest: Digest;
}

/**
 * A link with which a person sets their password: makes the account when there is none; else gives it the role, enables
 * it, ends its sessions and forgets its failed sign-ins. So it also lets a locked-out admin in again.
 */
export async function issueAccountLink(
  known: Account | undefined,
  as: { name: string; role: Role },
  world: AccountLinkWorld,
): Promise<{ account: Account; token: string }> {
  const { accounts, attempts, sessions, clock, random, digest } = world;
  const account: Account = known
    ? { ...known, role: as.role, disabled: false }
    : { id: uuidV7(clock.now(), random), ...as, disabled: false, passwordHash: null };
  if (known) {
    await accounts.setRole(account.id, account.role);
    await accounts.setDisabled(account.id, false);
    await sessions.removeAllOf(personOf(account).id);
    await attempts.clear(await identityKey(digest, `account:${nameKey(account.name)}`));
  } else if (!(await accounts.create(account))) {
    throw new Error(`the name ${as.name} was taken at the same moment; run it again`);
  }
  const token = await issueLink({ kind: 'account', accountId: account.id }, world);
  return { account, token };
}
