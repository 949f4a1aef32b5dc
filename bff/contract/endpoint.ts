import * as z from 'zod/mini';
import type { AuditType } from './audit.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** Who may call: `public` needs no session, `session` any signed-in person, the rest a role that the policy table names. */
export type Policy = 'public' | 'session' | 'read' | 'operate' | 'administer';

type AnySchema = z.ZodMiniType;
export interface RequestSchemas {
  params?: AnySchema;
  query?: AnySchema;
  headers?: AnySchema;
  body?: AnySchema;
}
export interface EndpointOptions<R extends RequestSchemas, A extends AnySchema> {
  policy: Policy;
  /** The audit type a call leaves behind, or why none: `none` is said in the policy table. */
  audit: AuditType | 'none';
  request: R;
  response: A;
  /** Reaches further than one field; such endpoints will ask for a plan. */
  reach?: true;
  /** The answer carries a new PAK: it is never stored for replay. */
  secret?: true;
  /** Largest request body in bytes, where the default of 1 MiB does not fit. */
  bodyLimit?: number;
}
export interface Endpoint<R extends RequestSchemas = RequestSchemas, A extends AnySchema = AnySchema> extends EndpointOptions<R, A> {
  /** `GET /api/agents`: names the operation everywhere (policy answers, metrics, audit). */
  id: string;
  method: Method;
  path: string;
}

type Parsed<S, Otherwise> = S extends AnySchema ? z.infer<S> : Otherwise;
/** What an answer function receives: every part parsed, absent parts empty. */
export interface RequestOf<R extends RequestSchemas> {
  params: Parsed<R['params'], Record<string, never>>;
  query: Parsed<R['query'], Record<string, never>>;
  headers: Parsed<R['headers'], Record<string, never>>;
  body: Parsed<R['body'], undefined>;
}
/** What a caller passes: the same parts before parsing (defaults may be left out), only those the endpoint has. */
export type CallOf<R extends RequestSchemas> = { [K in keyof R]: R[K] extends AnySchema ? z.input<R[K]> : never };
export type ResponseOf<E> = E extends Endpoint<infer _R, infer A> ? z.infer<A> : never;

/** Declares one console operation; `line` is `METHOD /path/:param`. */
export function endpoint<const R extends RequestSchemas, A extends AnySchema>(
  line: `${Method} /${string}`,
  options: EndpointOptions<R, A>,
): Endpoint<R, A> {
  const [method, path] = line.split(' ') as [Method, string];
  return { id: line, method, path, ...options };
}

/** Strong entity tag of the version the change was made on; without it 428, stale 412. */
export const IfMatch = z.object({ 'if-match': z.string().check(z.regex(/^"[A-Za-z0-9_-]{1,86}"$/)) });
/** Header names as they travel. */
export const idempotencyHeader = 'idempotency-key';
export const consoleHeader = 'x-console';
export const requestIdHeader = 'x-request-id';
/** Every reason travels in the body, DELETE included. */
export const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(500));
export const WithReason = z.strictObject({ reason });
/** An answer that carries nothing but the fact that it was done. */
export const Done = z.object({ done: z.literal(true) });
