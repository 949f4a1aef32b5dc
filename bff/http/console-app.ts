import type { IncomingHttpHeaders } from 'node:http';
import { assertRoutes } from '#bff/pipeline/policy.ts';
import type { AnyRoute } from '#bff/pipeline/route.ts';
import type { Services } from '#bff/pipeline/services.ts';
import { ProblemError } from '#contract/problem.ts';
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import { checkProvenance, isUnsafe } from './csrf.ts';
import { cspReports } from './csp-reports.ts';
import { failedSignInMs } from './failed-sign-in.ts';
import { healthRoutes, type Probes } from './health-routes.ts';
import { mount, originOf } from './mount.ts';
import { problemHandler } from './problem.ts';
import { contextOf } from './request-context.ts';
import type { Site } from './site.ts';

export interface ConsoleParts {
  routes: readonly AnyRoute[];
  services: Services;
  site: Site;
  probes: Probes;
  /** Answers every address outside `/api`: built files, or Vite while developing. */
  page: RequestHandler;
  /** Least time of a failed sign-in. */
  refusedMs?: number;
}

/** The console on Express. @throws Error when a route forgot its policy or its audit type */
export function createConsoleApp(
  { routes, services, site, probes, page, refusedMs = failedSignInMs }: ConsoleParts,
  guard = checkProvenance,
): Express {
  assertRoutes(routes);
  const log = services.log.child({ component: 'http' });
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple').set('case sensitive routing', true).set('strict routing', true);

  app.use(healthRoutes(probes), cspReports(log));
  app.use(compression({ threshold: 1_024 }));

  const api = express.Router({ caseSensitive: true, strict: true });
  api.use(provenance(services, (headers) => guard(headers, site)));
  api.get('/api/v1/status', (request, _response, next) => {
    request.url = request.url.replace('/api/v1/', '/api/'); // an alias that monitoring knows
    next();
  });
  mount(api, routes, services, refusedMs);
  api.use('/api', () => {
    throw new ProblemError('not_found', 'There is no such operation');
  });
  app.use(api, page, problemHandler(log));
  return app;
}

/** Guards every unsafe method under `/api`, signed in or not; a refusal is recorded. */
function provenance({ audit, log }: Services, guard: (headers: IncomingHttpHeaders) => void): RequestHandler {
  return (request, response, next) => {
    if (!isUnsafe(request.method)) return next();
    try {
      guard(request.headers);
      return next();
    } catch (error) {
      const { requestId } = contextOf(response);
      const refusal = error instanceof ProblemError ? error.problem : undefined;
      if (refusal?.code !== 'csrf_refused') return next(error);
      const intent = {
        type: 'authz.csrf.refused',
        person: null,
        sessionId: null,
        resource: { kind: 'route', id: null, name: null },
        method: request.method,
        path: request.path.slice(0, 200),
        reason: null,
        requestId,
        ...originOf(request),
      } as const;
      audit
        .record(intent, { outcome: 'denied', code: refusal.code, status: refusal.status })
        .catch((failure: unknown) =>
          log.error('a refusal could not be recorded', { error: failure, code: refusal.code, request_id: requestId }),
        )
        .finally(() => next(error));
    }
  };
}
