import type { ServerResponse } from 'node:http';
import { toProblem } from '#bff/pipeline/to-problem.ts';
import type { Log } from '#contract/ports.ts';
import type { Problem } from '#contract/problem.ts';
import type { ErrorRequestHandler } from 'express';
import { carrierProblem } from './json-body.ts';
import { contextOf } from './request-context.ts';
import { allMethods } from './target.ts';

/** Answers with RFC 9457 problem+json; the cause of what is ours to mend goes to the log. */
export function sendProblem(response: ServerResponse, error: unknown, log: Log): void {
  const { requestId } = contextOf(response);
  const problem: Problem = { ...toProblem(carrierProblem(error)), request_id: requestId };
  // Whoever went away has ended the read that they waited for: nothing is broken.
  const isLeft = response.destroyed && (problem.code === 'broker_unreachable' || (error instanceof Error && error.name === 'AbortError'));
  if (problem.status >= 500) log[isLeft ? 'debug' : 'error'](problem.title, { request_id: requestId, code: problem.code, error });
  if (response.headersSent || response.destroyed) return void response.destroy(); // a half-sent answer can only be cut
  response.statusCode = problem.status;
  response.setHeader('content-type', 'application/problem+json');
  if (problem.code === 'method_not_allowed' && !response.hasHeader('allow')) response.setHeader('allow', allMethods.join(', ')); // refused before routing
  if (problem.retry_after_s !== undefined) response.setHeader('retry-after', Math.ceil(problem.retry_after_s));
  response.end(JSON.stringify(problem));
}

/** Last in the chain: whatever a route, a parser or Express itself throws. */
export const problemHandler =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) =>
    sendProblem(response, error, log);
