import { createServer as createHttpServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '#contract/ports.ts';
import { ProblemError, type ProblemCode } from '#contract/problem.ts';
import type { Express } from 'express';
import { bornForExpress } from './express-prototypes.ts';
import { sendProblem } from './problem.ts';
import { holdBack, type HoldBack } from './hold-back.ts';
import type { Admit } from './in-flight.ts';
import { beginContext, contextOf, mintRequestId } from './request-context.ts';
import { securityHeaders } from './security-headers.ts';
import type { Site } from './site.ts';
import { allMethods, checkHead, type RawHead } from './target.ts';

interface Door {
  /** Turns away what is too much. */
  admit: Admit;
  /** Keeps those who were turned away and push on from being read. */
  hold?: HoldBack;
  /** Turns away what no router should see. */
  inspect?: (head: RawHead) => void;
}
/** Everything before routing, on the raw request: counts it, names it, dresses its answer, and turns away what must not come in. */
export function createServer(
  app: Express,
  site: Site,
  log: Log,
  { admit, hold = holdBack(retryAfterS * 1_000), inspect = checkHead }: Door,
): Server {
  const dress = Object.entries(securityHeaders(site.isTls));
  const turnAway = refuseTooMuch(log, dress);
  const unfinished = new Set<ServerResponse>();
  const enter = (request: IncomingMessage, response: ServerResponse): void => {
    unfinished.add(response);
    response.once('close', () => unfinished.delete(response));
    beginContext(request, response);
    // Probes are answered however much there is to do.
    if (isProbe(request)) serve(request, response);
    else if (!admit(response, () => serve(request, response)) && hold(request, response)) turnAway(response);
  };
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('x-request-id', contextOf(response).requestId);
    for (const [name, value] of dress) response.setHeader(name, value);
    response.once('close', () => logRequest(request, response, log));
    try {
      inspect({ method: request.method ?? '', url: request.url ?? '', rawHeaders: request.rawHeaders });
      if (!site.hasHost(request.headers.host)) throw new ProblemError('misdirected', 'This console is not reached by that name');
    } catch (error) {
      return sendProblem(response, error, log);
    }
    app(request, response);
  };
  const server = createHttpServer(
    {
      ...bornForExpress(app),
      // A request line of 8 KiB and 16 KiB of headers; both are judged one by one in `checkHead`.
      maxHeaderSize: 28 * 1024,
      requireHostHeader: false, // Node would answer by itself, without a body
      headersTimeout: 15_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 75_000,
    },
    enter,
  );
  server.maxHeadersCount = 0; // Node would drop the ones beyond a limit in silence
  server.on('checkExpectation', enter); // an `Expect` of a client has no influence
  /** Another answer would be read as a part of the one that has begun. */
  const isAmidAnswer = (socket: Duplex) => [...unfinished].some((response) => response.socket === socket && response.headersSent);
  const refuse = (socket: Duplex, code: ProblemCode, title: string) => refuseOnSocket(socket, code, title, dress);
  server.on('connect', (_request, socket) => refuse(socket, 'method_not_allowed', 'The method CONNECT is not used here'));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || isAmidAnswer(socket)) socket.destroy();
    else if (error.code === 'HPE_HEADER_OVERFLOW') refuse(socket, 'headers_too_large', 'The headers of this request are too large');
    else
      refuse(
        socket,
        'bad_target',
        error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'This request did not arrive in time' : 'This is not a request of HTTP/1.1',
      );
  });
  return server;
}

const isProbe = ({ url = '' }: IncomingMessage): boolean => /^\/(liveness|readiness|health)$/.test(url);

/** Long enough that those who come back cost little beside those who are answered. */
const retryAfterS = 3;

/** Costs next to nothing, or refusing would leave no time to answer: no router, and one line a second for all of them. */
function refuseTooMuch(log: Log, dress: readonly (readonly [string, string])[]) {
  const { problem } = new ProblemError('overloaded', 'The console has more to do than it can', { retry_after_s: retryAfterS });
  let refused = 0;
  const tell = () => {
    log.warn('more was asked than can be answered', { refused });
    refused = 0;
  };
  return (response: ServerResponse): void => {
    refused += 1;
    if (refused === 1) setTimeout(tell, 1_000).unref();
    const { requestId } = contextOf(response);
    const body = JSON.stringify({ ...problem, request_id: requestId });
    const head = [
      'content-type',
      'application/problem+json',
      'content-length',
      String(Buffer.byteLength(body)),
      'retry-after',
      String(retryAfterS),
    ];
    response.writeHead(problem.status, [...head, 'x-request-id', requestId, ...dress.flat()]).end(body);
  };
}

function logRequest(request: IncomingMessage, response: ServerResponse, log: Log): void {
  const { requestId, startedAt, route, personId } = contextOf(response);
  log[isProbe(request) ? 'debug' : 'info']('request', {
    request_id: requestId,
    method: request.method,
    route: route ?? null, // never the address itself: what people typed does not belong in logs
    status: response.writableFinished ? response.statusCode : 'aborted',
    duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
    ...(personId === undefined ? {} : { person: personId }),
  });
}

/** An answer where there is no request object, because the bytes were none. */
function refuseOnSocket(socket: Duplex, code: ProblemCode, title: string, dress: readonly (readonly [string, string])[]): void {
  const requestId = mintRequestId();
  const { problem } = new ProblemError(code, title, { request_id: requestId });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    `X-Request-Id: ${requestId}`,
    ...(code === 'method_not_allowed' ? [`Allow: ${allMethods.join(', ')}`] : []),
    ...dress.map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
