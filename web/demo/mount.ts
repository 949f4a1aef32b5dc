import { http, HttpResponse } from 'msw';
import type { AnyRoute, Caller, RawRequest, SessionSlot } from '#bff/pipeline/route.ts';
import { runRoute } from '#bff/pipeline/run-route.ts';
import type { Services } from '#bff/pipeline/services.ts';
import { toProblem } from '#bff/pipeline/to-problem.ts';
import { requestIdHeader } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import { newRequestId } from '#web/lib/request-id.ts';

/** Who is calling, and where a new session token goes. */
export interface Identity {
  caller(): Promise<Caller | null>;
  readonly presented: string | null;
  settle(next: string | null): void;
}

/** The service worker carries the same routes that Express carries in `bff/http/mount.ts`. */
export function mount(routes: readonly AnyRoute[], services: Services, identity: Identity, onChange?: () => Promise<void>) {
  const handlers = routes.map((route) => {
    const verb = route.endpoint.method.toLowerCase() as Lowercase<typeof route.endpoint.method>;
    return http[verb](`*${route.endpoint.path}`, async ({ request, params }) => {
      const session: SessionSlot = { presented: identity.presented };
      return answered(request, services, async (requestId) => {
        const call = { caller: await identity.caller(), requestId, signal: request.signal, origin: { ip: null, userAgent: null }, session };
        try {
          const value = await runRoute(route, await rawRequest(request, params), call, services);
          if (session.next !== undefined) identity.settle(session.next);
          return value;
        } finally {
          if (route.endpoint.method !== 'GET') await onChange?.();
        }
      });
    });
  });
  const unknown = http.all('*/api/*', ({ request }) =>
    answered(request, services, () => Promise.reject(new ProblemError('not_found', 'There is no such address'))),
  );
  return [...handlers, unknown];
}

async function answered(request: Request, { log }: Services, run: (requestId: string) => Promise<unknown>) {
  const requestId = request.headers.get(requestIdHeader) ?? newRequestId();
  try {
    return HttpResponse.json(asJson(await run(requestId)), { headers: { [requestIdHeader]: requestId } });
  } catch (error) {
    const problem = { ...toProblem(error), request_id: requestId };
    if (problem.status >= 500) log.error(problem.title, { request_id: requestId, code: problem.code, error });
    return HttpResponse.json(problem, {
      status: problem.status,
      headers: { 'content-type': 'application/problem+json', [requestIdHeader]: requestId },
    });
  }
}
/** Answers of the contract are JSON by their schemas. */
const asJson = (value: unknown) => value as Record<string, unknown>;

async function rawRequest(request: Request, params: Record<string, string | readonly string[] | undefined>): Promise<RawRequest> {
  const search = new URL(request.url).searchParams;
  const query = [...new Set(search.keys())].map((name) => [name, search.getAll(name)] as const);
  const text = await request.text();
  return {
    // MSW counts the * before the path as a parameter called 0.
    params: Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (name === '0' ? [] : [[name, String(value)]]))),
    query: Object.fromEntries(query.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values])),
    headers: Object.fromEntries(request.headers),
    body: text === '' ? undefined : JSON.parse(text),
  };
}
