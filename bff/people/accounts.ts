import type { Role } from '#contract/session.ts';

/** A local person. Without a password nobody can sign in as them yet: a one-time link sets it. */
export interface Account {
  id: string;
  name: string;
  role: Role;
  disabled: boolean;
  passwordHash: string | null;
}
/** What a one-time link may do: set the password of one account, or create the first admin. */
export type LinkPurpose = { kind: 'first_admin' } | { kind: 'account'; accountId: string };
export type Spent = { kind: 'done'; account: Account } | { kind: 'spent' } | { kind: 'name_taken' };

/** Every call rejects with `store_unavailable` when the store cannot answer. */
export interface AccountStore {
  hasAdmin(): Promise<boolean>;
  byName(name: string): Promise<Account | undefined>;
  byId(id: string): Promise<Account | undefined>;
  /** Undefined when the name is taken, whatever its case. */
  create(account: Account): Promise<Account | undefined>;
  setRole(id: string, role: Role): Promise<void>;
  setDisabled(id: string, disabled: boolean): Promise<void>;
  /** Replaces every earlier link of the same purpose; the store sees only the hash of the token. */
  putLink(tokenHash: string, purpose: LinkPurpose, expiresAtMs: number): Promise<void>;
  /** Undefined when it was spent, is over, or would make a first admin where there is one. */
  readLink(tokenHash: string, nowMs: number): Promise<LinkPurpose | undefined>;
  /**
   * In one transaction: takes the link away and sets the password of its account, or makes `firstAdmin`. Two that spend
   * the same link at once: one wins.
   */
  spendLink(tokenHash: string, passwordHash: string, firstAdmin: { id: string; name: string } | undefined, nowMs: number): Promise<Spent>;
}

/** What makes two names the same. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
export const personOf = ({ id, name, role }: Account) => ({ id: `account:${id}`, name, role, verified: true });
