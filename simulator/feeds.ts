import { openAgentSocket } from './agent-sockets.ts';
import type { Caller } from './caller.ts';
import type { Feed, FeedAnswer, SimulatorAnswer, SimulatorRequest } from './ports.ts';
import { type Reply, text } from './replies.ts';
import { answer, header, identify, notFound, preflight, splitTarget } from './transport.ts';
import { parseUuid } from './uuid.ts';
import type { World } from './world.ts';

const fleetLive = '/api/v1/fleet/live';
const agentSocket = '/internal/ws/agent';
const stackLive = /^\/api\/v1\/stacks\/([^/]+)\/live$/;
const isSocket = (path: string) => path === fleetLive || path === agentSocket || stackLive.test(path);
const pakProtocol = 'brokkr.pak.';

const offered = (request: SimulatorRequest) => (header(request, 'sec-websocket-protocol') ?? '').split(',').map((name) => name.trim());
const credential = (request: SimulatorRequest) =>
  header(request, 'authorization') ??
  offered(request)
    .find((name) => name.startsWith(pakProtocol))
    ?.slice(pakProtocol.length);

function upgradeFault(request: SimulatorRequest): Reply | undefined {
  const told = (name: string) => (header(request, name) ?? '').toLowerCase();
  if (!told('connection').includes('upgrade')) return text(400, "Connection header did not include 'upgrade'");
  if (told('upgrade') !== 'websocket') return text(400, "`Upgrade` header did not include 'websocket'");
  if (header(request, 'sec-websocket-version') !== '13') return text(400, "`Sec-WebSocket-Version` header did not include '13'");
  if (header(request, 'sec-websocket-key') === undefined) return text(400, '`Sec-WebSocket-Key` header missing');
  return undefined;
}

/** The handshake of a socket: one CORS layer, and the upgrade is judged before the path and the permission (CONTRACT 6.1). */
export function feeds(world: World) {
  const caller = (request: SimulatorRequest, path: string) =>
    identify(world, request, path, path === agentSocket ? header(request, 'authorization') : credential(request));

  /** What stands behind a path for this caller. An admin may listen to a stack that never was. */
  function opened(path: string, who: Caller): Feed | Reply {
    const refused: Reply = { status: 403 };
    if (path === agentSocket) {
      const agent = who.kind === 'agent' ? world.agents.get(who.id) : undefined;
      return agent ? openAgentSocket(world, agent) : refused;
    }
    if (path === fleetLive) return who.kind === 'admin' ? world.feed.subscribe() : refused;
    const parsed = parseUuid(stackLive.exec(path)?.[1] ?? '');
    if ('refusal' in parsed) return text(400, `Invalid URL: ${parsed.refusal}`);
    const stack = world.stacks.get(parsed.uuid);
    const isOwn = who.kind === 'generator' && stack?.deleted_at === null && stack.generator_id === who.id;
    return who.kind === 'admin' || isOwn ? world.telemetry.subscribe(parsed.uuid) : refused;
  }
  function upgrade(request: SimulatorRequest): FeedAnswer {
    const { path } = splitTarget(request.path);
    if (!isSocket(path)) return { refusal: notFound() };
    const who = caller(request, path);
    if (!who) return { refusal: answer({ status: 401 }, 1) };
    const fault = upgradeFault(request);
    if (fault) return { refusal: answer(fault, 1) };
    const feed = opened(path, who);
    if ('status' in feed) return { refusal: answer(feed, 1) };
    if (path === agentSocket) return { feed };
    return { feed: offered(request).includes('brokkr.v1') ? { ...feed, protocol: 'brokkr.v1' } : feed };
  }
  /** A socket's path asked for by a request that cannot become one. */
  function plain(request: SimulatorRequest): SimulatorAnswer | undefined {
    const { path } = splitTarget(request.path);
    if (!isSocket(path)) return undefined;
    const allow = 'GET,HEAD';
    if (request.method === 'OPTIONS') return preflight(allow);
    if (!caller(request, path)) return answer({ status: 401 }, 1);
    if (request.method === 'HEAD') return { ...answer(text(405, 'Request method must be `GET`'), 1), bytes: new Uint8Array() };
    if (request.method !== 'GET') return answer({ status: 405, headers: { allow } }, 1);
    return answer(upgradeFault(request) ?? text(426, "WebSocket request couldn't be upgraded since no upgrade state was present"), 1);
  }
  return { upgrade, plain, has: isSocket };
}
