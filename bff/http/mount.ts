import { runRoute } from '#bff/pipeline/run-route.ts';
import type { AnyRoute, Call, Caller, Origin, RawRequest, SessionSlot } from '#bff/pipeline/route.ts';
import type { Services } from '#bff/pipeline/services.ts';
import { consoleHeader, type Method } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Request, Response, Router } from 'express';
import { evenlyRefused } from './failed-sign-in.ts';
import { jsonBody } from './json-body.ts';
import { contextOf } from './request-context.ts';
import { settleCookie, tokenFrom } from './session-cookie.ts';
import { urlLimits, urlTooLong } from './target.ts';

const defaultBodyLimit = 1_048_576;

/** Puts routes on Express: reads the request, runs the route, writes the answer. Everything else is `runRoute`'s. */
export function mount(router: Router, routes: readonly AnyRoute[], services: Services, refusedMs: number): void {
  for (const [path, here] of Map.groupBy(routes, ({ endpoint }) => endpoint.path)) {
    const at = router.route(path);
    for (const route of here) at[verbOf(route.endpoint.method)](carry(route, services, refusedMs));
    at.all(onlyThese(here.map(({ endpoint }) => endpoint.method)));
  }
}
const verbOf = (method: Method) => method.toLowerCase() as Lowercase<Method>;

/** RFC 9110: a 405 says what would be allowed. */
export const onlyThese = (methods: readonly string[]) => (_request: Request, response: Response) => {
  response.setHeader('allow', (methods.includes('GET') ? ['HEAD', ...methods] : methods).join(', '));
  throw new ProblemError('method_not_allowed', 'This method is not used here');
};

function carry(route: AnyRoute, services: Services, refusedMs: number) {
  const { endpoint } = route;
  const readBody = jsonBody(endpoint.bodyLimit ?? defaultBodyLimit);
  return async (request: Request, response: Response): Promise<void> => {
    const context = contextOf(response);
    context.route = endpoint.id;
    if (!endpoint.request.query && request.url.length > urlLimits.others) throw urlTooLong();
    const signal = untilGone(response); // from here on: who goes away while the session or the body is read is gone all the same
    const session: SessionSlot = { presented: tokenFrom(request.headers.cookie) };
    const caller = await callerOf(session.presented, request, services);
    if (caller) context.personId = caller.person.id;
    const isAllowed = endpoint.policy === 'public' || (caller && services.policy[endpoint.policy].includes(caller.person.role));
    // Whoever will be refused is refused, and recorded, by runRoute: nothing that they send is read before.
    const body = isAllowed ? await readBody(request, response) : undefined;
    const call: Call = { caller, requestId: context.requestId, signal, origin: originOf(request), session };
    const answer = await evenlyRefused(runRoute(route, rawRequest(request, body), call, services), refusedMs);
    settleCookie(session, response);
    response.json(answer);
  };
}

/** Reads the session row on every request: there is no cache to outlive a sign-out. @throws `store_unavailable`, never a sign-out */
async function callerOf(token: string | null, request: Request, { sessions }: Services): Promise<Caller | null> {
  if (token === null) return null;
  const session = await sessions.find(token, { extend: request.headers[consoleHeader] !== 'poll' });
  return session
    ? { person: session.person, sessionId: session.id, sessionEndsAtMs: session.endsAtMs, credential: session.credential }
    : null;
}

export const originOf = (request: Request): Origin => ({
  ip: request.socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '') ?? null, // IPv4 as a listener on :: sees it
  userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
});

function rawRequest({ params, query, headers }: Request, body: unknown): RawRequest {
  return {
    params: params as Record<string, string>,
    query: { ...query } as RawRequest['query'],
    headers: headers as Record<string, string>,
    body,
  };
}

/** Aborted when the connection ends before the answer did. */
function untilGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
