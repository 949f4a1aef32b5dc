import type { Credential } from '#contract/ports.ts';

/** Broker operations and shared lists on one credential. */
export interface World {
  readonly credential: string;
}
/** What introspection of a pasted key says. */
export type KeyKind = { kind: 'admin'; readonly: boolean } | { kind: 'generator'; id: string } | { kind: 'agent'; id: string };
export interface Worlds {
  /** The same world for the same credential id, however many sessions ride it. */
  of(credential: Credential): World;
  /** `POST /auth/pak`; undefined when the broker refuses the key. @throws ProblemError when it cannot be asked */
  introspect(pak: string, options: { requestId: string; signal?: AbortSignal }): Promise<KeyKind | undefined>;
}
