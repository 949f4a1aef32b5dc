import type { Credential } from '#contract/ports.ts';
import type { Person } from '#contract/session.ts';

/** A signed-in person on one browser; `id` is stable below the token that the cookie carries. */
export interface Session {
  id: string;
  person: Person;
  credential: Credential;
  /** Absolute end, whatever the person does. */
  endsAtMs: number;
}
/** Reads the store on every call; nothing is cached. Every call rejects with `store_unavailable` when the store cannot answer. */
export interface Sessions {
  /** Opens a session under a token nobody has seen. `ended` are the person's oldest sessions beyond five. */
  open(person: Person, ride: Ride): Promise<{ token: string; session: Session; ended: { id: string; person: Person }[] }>;
  /** Undefined for unknown, tampered, idle or over-age sessions. A poll finds, but does not `extend`. */
  find(token: string, options: { extend: boolean }): Promise<Session | undefined>;
  end(token: string): Promise<void>;
  endAllOf(personId: string): Promise<void>;
  /** Sessions that are alive now. */
  count(): Promise<number>;
}
/** The service key is looked up when needed and never stored; a person's own key is sealed with the session. */
export type Ride = { kind: 'service' } | { kind: 'own'; credential: Credential };

export const sessionLimits = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000, perPerson: 5 } as const;
