import { openAgentSocket } from './agent-sockets.ts';
import type { FeedAnswer, SimulatorAnswer, SimulatorRequest } from './ports.ts';
import { type Reply, text } from './replies.ts';
import { answer, header, identify, notFound, preflight, splitTarget } from './transport.ts';
import type { World } from './world.ts';

const fleetLive = '/api/v1/fleet/live';
const socketPaths = new Set([fleetLive, '/internal/ws/agent']);
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

/** The handshake of a socket: one CORS layer, and the upgrade is judged before the permission (CONTRACT 6.1). */
export function feeds(world: World) {
  const caller = (request: SimulatorRequest, path: string) =>
    identify(world, request, path, path === fleetLive ? credential(request) : header(request, 'authorization'));

  function upgrade(request: SimulatorRequest): FeedAnswer {
    const { path } = splitTarget(request.path);
    if (!socketPaths.has(path)) return { refusal: notFound() };
    const who = caller(request, path);
    if (!who) return { refusal: answer({ status: 401 }, 1) };
    const fault = upgradeFault(request);
    if (fault) return { refusal: answer(fault, 1) };
    if (who.kind !== (path === fleetLive ? 'admin' : 'agent')) return { refusal: answer({ status: 403 }, 1) };
    const agent = who.kind === 'agent' ? world.agents.get(who.id) : undefined;
    if (agent) return { feed: openAgentSocket(world, agent) };
    const feed = world.feed.subscribe();
    return { feed: offered(request).includes('brokkr.v1') ? { ...feed, protocol: 'brokkr.v1' } : feed };
  }
  /** A socket's path asked for by a request that cannot become one. */
  function plain(request: SimulatorRequest): SimulatorAnswer | undefined {
    const { path } = splitTarget(request.path);
    if (!socketPaths.has(path)) return undefined;
    const allow = 'GET,HEAD';
    if (request.method === 'OPTIONS') return preflight(allow);
    if (!caller(request, path)) return answer({ status: 401 }, 1);
    if (request.method === 'HEAD') return { ...answer(text(405, 'Request method must be `GET`'), 1), bytes: new Uint8Array() };
    if (request.method !== 'GET') return answer({ status: 405, headers: { allow } }, 1);
    return answer(upgradeFault(request) ?? text(426, "WebSocket request couldn't be upgraded since no upgrade state was present"), 1);
  }
  return { upgrade, plain };
}
