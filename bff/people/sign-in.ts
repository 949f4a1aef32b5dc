import type { Role } from '#contract/session.ts';
import type { Session } from './sessions.ts';

/** From where somebody tries; limits count by it. */
export interface AttemptOrigin {
  ip: string | null;
  requestId: string;
  signal: AbortSignal;
  /** Told as soon as it is known whose door this is, for the audit row. */
  note: (resource: { kind: 'account' | 'pak'; id: string; name: string }) => void;
}
export interface SignedInAs {
  token: string;
  session: Session;
  /** Sessions that this sign-in ended. */
  ended: { id: string; person: Session['person'] }[];
}
/**
 * The ways in. @throws `sign_in_failed` (always the same), `rate_limited`, `key_kind_refused`, `explore_unavailable`,
 * `link_spent`, `store_unavailable`
 */
export interface SignIn {
  withAccount(as: { name: string; password: string }, attempt: AttemptOrigin): Promise<SignedInAs>;
  withPak(as: { pak: string; name: string }, attempt: AttemptOrigin): Promise<SignedInAs>;
  explore(role: Role): Promise<SignedInAs>;
  /** Spends a one-time link and signs its person in. */
  setUp(as: { token: string; name?: string | undefined; password: string }): Promise<SignedInAs>;
  /** @throws `link_spent` for a link that cannot be spent any more */
  assertLink(token: string): Promise<void>;
  /** No admin exists yet: whoever reads the terminal makes the first one. */
  needsSetup(): Promise<boolean>;
}
