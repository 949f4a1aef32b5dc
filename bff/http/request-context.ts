import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestIdHeader } from '#contract/endpoint.ts';

/** What this console knows of one request before anybody has looked at it; travels on the response, never in the air. */
export interface RequestContext {
  requestId: string;
  startedAt: number;
  /** Route template for the log, once one matched. */
  route?: string;
  personId?: string;
}

interface WithLocals {
  locals?: { context?: RequestContext };
}
/** The page mints the id of its own request, so that it can name it even when no answer comes. */
export function beginContext(request: IncomingMessage, response: ServerResponse): RequestContext {
  const asked = request.headers[requestIdHeader];
  const requestId = typeof asked === 'string' && /^rq_[0-9a-f]{16}$/.test(asked) ? asked : mintRequestId();
  const context: RequestContext = { requestId, startedAt: performance.now() };
  (response as WithLocals).locals = { context };
  return context;
}
export function contextOf(response: ServerResponse): RequestContext {
  const context = (response as WithLocals).locals?.context;
  if (!context) throw new Error('this response did not come in by the entrance');
  return context;
}
export const mintRequestId = (): string => `rq_${randomBytes(8).toString('hex')}`;
