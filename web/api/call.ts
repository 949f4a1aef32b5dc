import * as z from 'zod/mini';
import { type CallOf, consoleHeader, type Endpoint, idempotencyHeader, requestIdHeader, type RequestSchemas } from '#contract/endpoint.ts';
import { Problem, ProblemError } from '#contract/problem.ts';
import { newRequestId, newUuid } from '#web/lib/request-id.ts';
import { momentOf } from '#web/lib/time.ts';
import { sessionExpired } from '#web/stores/expiry.ts';
import { brokerAnswered, consoleAnswered, linkDown } from '#web/stores/link.ts';
import type { Attempt } from './attempt.ts';
import { takeTouch } from './touch.ts';

/** Longer than the console itself waits for the broker, so that its own answer wins. */
const patienceMs = 65_000;

type Loose = {
  params?: Record<string, string | number>;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  body?: unknown;
};
/** `attempt` belongs to the form or confirmation a change comes from. */
export type CallRequest<R extends RequestSchemas> = CallOf<R> & { attempt?: Attempt };

/** Calls one endpoint of the console and parses what it answers. @throws ProblemError and nothing else, but for an abort */
export async function call<R extends RequestSchemas, A extends z.ZodMiniType>(
  endpoint: Endpoint<R, A>,
  request: CallRequest<R>,
  signal?: AbortSignal,
): Promise<z.infer<A>> {
  const { attempt } = request;
  const parts = request as Loose;
  const target = `${endpoint.method} ${pathOf(endpoint.path, parts.params)}`;
  const key = isChange(endpoint) ? (attempt?.keyOf(target) ?? newUuid()) : undefined;
  try {
    const answer = await exchange(endpoint, parts, key, signal);
    attempt?.settle(target);
    return answer;
  } catch (error) {
    attempt?.settle(target, error);
    throw error;
  }
}

/** What the broker is asked to change, and so is recorded; signing in and drafts are the console's own, a preview changes nothing. */
const isChange = ({ method, policy, audit }: Endpoint) =>
  method !== 'GET' && audit !== 'none' && policy !== 'public' && policy !== 'session';

async function exchange<R extends RequestSchemas, A extends z.ZodMiniType>(
  endpoint: Endpoint<R, A>,
  { params, query, headers, body }: Loose,
  key: string | undefined,
  signal: AbortSignal | undefined,
): Promise<z.infer<A>> {
  const requestId = newRequestId();
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { response, json } = await reach(
    pathOf(endpoint.path, params) + searchOf(query),
    {
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        [consoleHeader]: endpoint.method === 'GET' ? takeTouch() : 'action',
        [requestIdHeader]: requestId,
        ...headers,
        ...(key === undefined ? {} : { [idempotencyHeader]: key }),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(text === undefined ? {} : { body: text, keepalive: outlivesPage(text) }),
    },
    requestId,
    signal,
  );
  if (!response.ok) throw refusal(response, json, requestId);
  const parsed = endpoint.response.safeParse(json);
  if (!parsed.success) {
    const code = isChange(endpoint) ? 'outcome_unknown' : 'broker_answer_invalid';
    throw new ProblemError(
      code,
      'The answer of the console does not have the agreed shape',
      { request_id: requestId },
      { cause: parsed.error },
    );
  }
  noteFreshness(parsed.data);
  return parsed.data;
}

/** A draft saved while the page goes away; browsers carry up to 64 KiB of such bodies. */
const outlivesPage = (text: string) => document.visibilityState === 'hidden' && text.length < 20_000;

/** @throws ProblemError `console_unreachable` when no answer comes, or one that breaks off */
async function reach(
  url: string,
  init: RequestInit,
  requestId: string,
  signal: AbortSignal | undefined,
): Promise<{ response: Response; json: unknown }> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    const response = await fetch(url, {
      ...init,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    return { response, json: jsonOf(await response.text()) };
  } catch (error) {
    if (signal?.aborted) throw error;
    linkDown('console');
    throw new ProblemError('console_unreachable', 'No answer from the console', { request_id: requestId }, { cause: error });
  }
}

/** Undefined for what is none: something between the page and the console answered. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refusal(response: Response, json: unknown, requestId: string): ProblemError {
  const parsed = Problem.safeParse(json);
  if (!parsed.success) {
    linkDown('console');
    return new ProblemError('console_unreachable', `Answered ${response.status} by something that is not the console`, {
      request_id: requestId,
    });
  }
  consoleAnswered();
  const { code, title, type: _type, status: _status, ...extras } = parsed.data;
  if (code === 'sign_in_required') sessionExpired();
  if (code === 'broker_unreachable' || code === 'broker_timeout') linkDown('broker');
  const wait = Number(response.headers.get('retry-after'));
  return new ProblemError(code, title, { request_id: requestId, ...(wait > 0 ? { retry_after_s: wait } : {}), ...extras });
}

const Dated = z.object({ asOf: z.string() });
const Aged = z.object({ asOf: z.string(), ageMs: z.int(), stale: z.optional(z.nullable(z.object({ sinceMs: z.int() }))) });
/** Answers that state an age come from the broker and tell whether it can be read at all. */
function noteFreshness(data: unknown): void {
  const aged = Aged.safeParse(data);
  if (!aged.success) {
    const dated = Dated.safeParse(data);
    return consoleAnswered(dated.success ? Date.parse(dated.data.asOf) : 0);
  }
  const { asOf, stale } = aged.data;
  if (!stale) return brokerAnswered(Date.parse(asOf));
  consoleAnswered();
  linkDown('broker', momentOf(aged.data) - stale.sinceMs);
}

function pathOf(template: string, params: Loose['params'] = {}): string {
  return template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
}
function searchOf(query: Loose['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
