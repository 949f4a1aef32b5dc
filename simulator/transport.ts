import type { Caller } from './caller.ts';
import type { Document } from './json-nodes.ts';
import { parseJson } from './json-text.ts';
import { pakHash } from './pak.ts';
import type { SimulatorAnswer, SimulatorRequest } from './ports.ts';
import { QueryError } from './query.ts';
import { Refusal, refuseText, type Reply, text } from './replies.ts';
import { allowed, type Found, type Operation, type router } from './router.ts';
import { located, type Shape, ShapeError } from './shapes.ts';
import { parseUuid } from './uuid.ts';
import type { World } from './world.ts';

const bodyLimit = 2_097_152;
const vary = 'origin, access-control-request-method, access-control-request-headers';
const placeholder =
  '<!doctype html><meta charset=utf-8><title>Simulated broker</title><body><h1>Simulated broker</h1><p>The JSON API is under <code>/api/v1</code>.</p>\n';
/** Served by a broker, not by this one yet: absent beats almost right. */
const absent = new Set(['/swagger-ui', '/swagger-ui/']);
const encoder = new TextEncoder();

/** The API's routes sit under two CORS layers, the others under one: `vary` shows it. */
export function answer({ status, type, body = '', headers = {} }: Reply, layers: 0 | 1 | 2): SimulatorAnswer {
  const bytes = encoder.encode(body);
  return {
    status,
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(layers === 0 ? {} : { vary: layers === 1 ? vary : `${vary}, ${vary}`, 'access-control-allow-origin': '*' }),
      ...headers,
      ...(status === 204 ? {} : { 'content-length': String(bytes.length) }),
    },
    bytes,
  };
}
/** `OPTIONS` on a known path, answered by the outer CORS layer alone. */
export const preflight = (allow: string) =>
  answer({ status: 200, headers: { 'access-control-allow-methods': '*', 'access-control-allow-headers': '*', allow } }, 1);
export function splitTarget(target: string): { path: string; query: string } {
  const cut = target.indexOf('?');
  return cut < 0 ? { path: target, query: '' } : { path: target.slice(0, cut), query: target.slice(cut + 1) };
}
export function header(request: SimulatorRequest, name: string): string | undefined {
  for (const [key, value] of Object.entries(request.headers ?? {})) if (key.toLowerCase() === name) return value;
  return undefined;
}
const isForgotten = (path: string) =>
  path === '/api' || path === '/internal' || path.startsWith('/api/') || path.startsWith('/internal/') || absent.has(path);
export const notFound = () => answer(text(404, 'not found'), 0);

/** Who calls; undefined is the 401. A rejected header leaves its trace in the audit, an absent one does not. */
export function identify(
  world: World,
  request: SimulatorRequest,
  path: string,
  value = header(request, 'authorization'),
): Caller | undefined {
  if (value === undefined || /[^\t\u0020-\u007e]/.test(value)) return undefined;
  const hash = pakHash(value);
  const caller = hash === undefined ? undefined : world.paks.get(hash);
  if (!caller) world.audit.authFailed({ path, forwardedFor: header(request, 'x-forwarded-for'), userAgent: header(request, 'user-agent') });
  return caller;
}
const mayRead = (method: string, operation: string | undefined) =>
  method === 'GET' || method === 'HEAD' || operation === 'POST /api/v1/auth/pak';

function decodeSegment(raw: string, name: string): string {
  try {
    return decodeURIComponent(raw.replaceAll(/%(?![0-9a-f]{2})/gi, '%25')); // a lone % stays as it is
  } catch {
    return refuseText(400, `Invalid URL: Invalid UTF-8 in \`${name}\``);
  }
}
/** The path's parameters: `{…id}` is a UUID, the others are free text. */
function parameters(operation: Operation, values: readonly string[]): Record<string, string> {
  const names = operation.segments.filter((segment) => segment.startsWith('{')).map((segment) => segment.slice(1, -1));
  const decoded = names.map((name, index) => [name, decodeSegment(values[index] ?? '', name)] as const);
  return Object.fromEntries(
    decoded.map(([name, value]) => {
      if (!/id$/i.test(name)) return [name, value] as const;
      const parsed = parseUuid(value);
      return [name, 'uuid' in parsed ? parsed.uuid : refuseText(400, `Invalid URL: ${parsed.refusal}`)] as const;
    }),
  );
}
function parsedQuery(operation: Operation, query: string): unknown {
  try {
    return operation.input.query?.(query);
  } catch (error) {
    if (error instanceof QueryError) return refuseText(400, `Failed to deserialize query string: ${error.message}`);
    throw error;
  }
}
const isJson = (type: string) => /^application\/([\w.!#$&^-]+\+)?json$/i.test(type.split(';')[0]?.trim() ?? '');

function parsedBody(shape: Shape<unknown>, request: SimulatorRequest): unknown {
  if (!isJson(header(request, 'content-type') ?? '')) return refuseText(415, 'Expected request with `Content-Type: application/json`');
  const document: Document = parseJson(limited(request));
  try {
    return shape(document.root, '');
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const where = located(error, document, { withPath: true });
    if (error.kind === 'syntax') return refuseText(400, `Failed to parse the request body as JSON: ${where}`);
    return refuseText(422, `Failed to deserialize the JSON body into the target type: ${where}`);
  }
}
/** What a handler takes as the body; one that may be missing is not missed, whatever is wrong with it. */
function taken({ body: shape, unread }: Operation['input'], request: SimulatorRequest): unknown {
  if (!shape) return undefined;
  try {
    return parsedBody(shape, request);
  } catch (error) {
    if (error instanceof Refusal && unread !== undefined) return unread;
    throw error;
  }
}
function limited({ body = new Uint8Array() }: SimulatorRequest): Uint8Array {
  return body.length > bodyLimit ? refuseText(413, 'Failed to buffer the request body: length limit exceeded') : body;
}

function run(operation: Operation, found: Found, request: SimulatorRequest, caller: Caller): Reply {
  const params = parameters(operation, found.values);
  const query = parsedQuery(operation, splitTarget(request.path).query);
  const body = taken(operation.input, request);
  const raw = operation.input.takesBytes ? limited(request) : new Uint8Array();
  operation.who(caller, params['id'] ?? '');
  return operation.handle({ ...params, caller, query, body, raw, header: (name: string) => header(request, name) });
}

/** One request through the broker's layers, in their order (CONTRACT 2.3). */
export function transport(world: World, { find }: Pick<ReturnType<typeof router>, 'find'>) {
  function reply(found: Found, request: SimulatorRequest, operation: Operation | undefined, path: string): Reply {
    const allow = operation ? {} : { headers: { allow: allowed(found.operations) } };
    const caller = identify(world, request, path.replace(/^\/api\/v1/, ''));
    if (!caller) return { status: 401, ...allow };
    if (caller.kind === 'admin' && caller.isReadOnly && !mayRead(request.method, operation?.name)) return { status: 403, ...allow };
    if (!operation) return { status: 405, ...allow };
    try {
      return run(operation, found, request, caller);
    } catch (error) {
      if (error instanceof Refusal) return error.reply;
      throw error;
    }
  }
  /** The operation a request asks for: its method and path as in the contract, or undefined. */
  function operationOf(request: SimulatorRequest): string | undefined {
    const found = find(splitTarget(request.path).path);
    return found?.operations.get(request.method === 'HEAD' ? 'GET' : request.method)?.name;
  }
  function respond(request: SimulatorRequest): SimulatorAnswer {
    const { path } = splitTarget(request.path);
    const found = find(path);
    if (!found) return isForgotten(path) ? notFound() : answer({ status: 200, type: 'text/html', body: placeholder }, 0);
    if (request.method === 'OPTIONS') return preflight(allowed(found.operations));
    const operation = found.operations.get(request.method === 'HEAD' ? 'GET' : request.method);
    const sent = answer(reply(found, request, operation, path), 2);
    return request.method === 'HEAD' ? { ...sent, bytes: new Uint8Array() } : sent;
  }
  return { respond, operationOf, has: (path: string) => find(path) !== undefined };
}
