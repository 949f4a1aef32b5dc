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

/** Names are unique whatever their case. Every call rejects with `store_unavailable` when the store cannot answer. */
export interface AccountStore {
  hasAdmin(): Promise<boolean>;
  byName(name: string): Promise<Account | undefined>;
  byId(id: string): Promise<Account | undefined>;
  /** Undefined when the name is taken. */
  create(account: Account, atMs: number): Promise<Account | undefined>;
  setRole(id: string, role: Role): Promise<void>;
  setDisabled(id: string, disabled: boolean): Promise<void>;
  /** Replaces every earlier link of the same purpose; the store sees only the hash of the token. */
  putLink(tokenHash: string, purpose: LinkPurpose, expiresAtMs: number): Promise<void>;
  readLink(tokenHash: string, nowMs: number): Promise<LinkPurpose | undefined>;
  /**
   * In one transaction: takes the link away and sets the password of its account, or makes `firstAdmin` while there is no admin.
   * Two that spend the same link at once: one wins.
   */
  spendLink(tokenHash: string, passwordHash: string, firstAdmin: { id: string; name: string } | undefined, nowMs: number): Promise<Spent>;
}
