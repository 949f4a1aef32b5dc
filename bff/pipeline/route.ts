import type { AuditType } from '#contract/audit.ts';
import type { Endpoint, RequestOf, RequestSchemas, ResponseOf } from '#contract/endpoint.ts';
import type { Clock, Credential, Log } from '#contract/ports.ts';
import type { Person } from '#contract/session.ts';
import type { Services } from './services.ts';
import type { World } from '#bff/lists/world.ts';

/** Who is calling, established by the carrier (a session in `bff/http`, the chosen role in the demo). */
export interface Caller {
  person: Person;
  /** Stable below the rotating cookie. */
  sessionId: string;
  sessionEndsAtMs: number;
  credential: Credential;
}
/** Where a call came from; for the audit row. */
export interface Origin {
  ip: string | null;
  userAgent: string | null;
}
/** What a change saw: goes to its outcome row. Values are cut to the allow-list of the audit type. */
export interface Observation {
  /** Who it turned out to be, where that was not known before: sign-in and setup. */
  person?: Person;
  /** Refines the endpoint's type once it is known what the change really was: activated or deactivated. */
  type?: AuditType;
  resource?: { kind: string; id: string | null; name: string | null };
  before?: unknown;
  after?: unknown;
  upstreamStatus?: number;
}
/** How sign-in and sign-out reach the carrier: once `runRoute` has answered it turns a new token into the cookie and null into its end; after a throw it does neither. */
export interface SessionSlot {
  /** Token the request came with, if any. */
  readonly presented: string | null;
  next?: string | null;
}
/** A request as the carrier read it: nothing parsed but JSON. */
export interface RawRequest {
  params: Record<string, string>;
  query: Record<string, string | string[]>;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: unknown;
}
/** Who calls, from where, and until when it makes sense to go on. */
export interface Call {
  caller: Caller | null;
  requestId: string;
  signal: AbortSignal;
  origin: Origin;
  session: SessionSlot;
}
/** Everything an answer function may use; passed explicitly, never found in the air (requirement 2.7). */
export interface Context {
  requestId: string;
  signal: AbortSignal;
  origin: Origin;
  log: Log;
  clock: Clock;
  /** Null only on `public` endpoints. */
  caller: Caller | null;
  /** Broker and lists on the caller's credential. @throws `sign_in_required` without a caller */
  world: World;
  services: Services;
  session: SessionSlot;
  observe: (facts: Observation) => void;
}

/** A route with its types forgotten: what lists hold and carriers mount. */
export interface AnyRoute {
  endpoint: Endpoint;
  // A list holds routes of every shape; runRoute parses by the endpoint before it calls.
  answer(request: never, context: Context): Promise<unknown>;
  /** Refuses parsed ids that are out of the caller's reach, before anything counts as begun. @throws `not_found` and its kin */
  scope?(request: never, context: Context): Promise<void>;
}
type RequestOfEndpoint<E> = RequestOf<E extends Endpoint<infer Q> ? Q : never>;
/** Binds an endpoint to its answer; the types of the request and of the answer come from the endpoint. */
export function route<R extends RequestSchemas, E extends Endpoint<R>>(
  endpoint: E & Endpoint<R>,
  answer: (request: RequestOfEndpoint<E>, context: Context) => Promise<ResponseOf<E>> | ResponseOf<E>,
  scope?: (request: RequestOfEndpoint<E>, context: Context) => Promise<void>,
): AnyRoute {
  return { endpoint, answer: async (request: never, context) => await answer(request, context), ...(scope && { scope }) };
}
