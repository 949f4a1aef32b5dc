import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Feed, SimulatorAnswer } from '#simulator/ports.ts';
import type { Simulator } from '#simulator/simulator.ts';

export interface Port {
  readonly url: string;
  readonly port: number;
  /** Ends every connection at once and refuses new ones, as a killed broker does; the world goes on. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
}

const host = '127.0.0.1';
const socketPath = /^\/(api\/v1\/fleet\/live|internal\/ws\/agent)(\?|$)/;
const bodyLimit = 2_097_152;

/** What the broker reads of a body: at most one byte over its limit. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bodyLimit) break;
  }
  return Buffer.concat(chunks);
}
const headersOf = ({ headers }: IncomingMessage) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
/** The broker sends `vary` once per CORS layer, in lines of their own. */
function lines(headers: Record<string, string>): [string, string][] {
  const layer = 'origin, access-control-request-method, access-control-request-headers';
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    name === 'vary' && value.length > layer.length
      ? [
          [name, layer],
          [name, layer],
        ]
      : [[name, value]],
  );
}
function write(response: ServerResponse, { status, headers, bytes }: SimulatorAnswer, isHead: boolean): void {
  const promised = Number(headers['content-length'] ?? bytes.length);
  response.writeHead(status, lines(headers).flat());
  if (isHead || bytes.length >= promised) response.end(isHead ? undefined : bytes);
  else response.write(bytes, () => response.destroy()); // cut short, as the fault wants it
}
function refuseUpgrade(socket: Duplex, { status, headers, bytes }: SimulatorAnswer): void {
  const head = [`HTTP/1.1 ${String(status)} Refused`, ...lines(headers).map((line) => line.join(': ')), 'connection: close', '', ''].join(
    '\r\n',
  );
  socket.end(Buffer.concat([Buffer.from(head), bytes]));
}
/** The broker drops a consumer that says goodbye without saying it back (CONTRACT 6.6); `ws` would answer. */
function dropOnClose(socket: Duplex): void {
  socket.prependListener('data', (chunk: Uint8Array) => {
    const [first, second = 0] = chunk;
    if (first === 0x88 && chunk.length === 6 + (second & 0x7f)) socket.destroy();
  });
}

async function pump(feed: Feed, socket: WebSocket): Promise<void> {
  for await (const frame of feed.frames) {
    await new Promise<void>((resolve) => socket.send(frame, () => resolve()));
    if (socket.readyState !== socket.OPEN) return;
  }
  if (feed.receive) socket.close();
  else socket.terminate(); // a consumer's end by the broker is a bare TCP close
}

/** Serves a simulator on loopback. The raw request target reaches it untouched: no `Request` or `URL` on the way. */
export async function listen(simulator: Simulator, { port: wanted }: { port: number }): Promise<Port> {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => (offered.has('brokkr.v1') ? 'brokkr.v1' : false) });
  let port = wanted;
  let server: Server | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { method = 'GET', url = '/', httpVersion } = request;
    try {
      const body = await bodyOf(request);
      const answer = await simulator.send({ method, path: url, headers: headersOf(request), body, signal: gone.signal, httpVersion });
      if (body.length > bodyLimit) response.setHeader('connection', 'close');
      write(response, answer, method === 'HEAD');
    } catch {
      request.socket.destroy(); // a lost connection, or nobody left to answer
    }
  }
  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const answer = simulator.openFeed(request.url ?? '/', headersOf(request));
    if ('refusal' in answer) return refuseUpgrade(socket, answer.refusal);
    const { feed } = answer;
    if (!feed.receive) dropOnClose(socket);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.once('close', () => feed.close());
      opened.on('error', () => opened.terminate());
      opened.on('message', (data: Buffer, isBinary) => {
        if (!isBinary) feed.receive?.(data.toString('utf8'));
      });
      void pump(feed, opened);
    });
  }
  function open(): Promise<void> {
    const opening = createServer(
      { shouldUpgradeCallback: ({ method, url = '', httpVersion }) => method === 'GET' && httpVersion === '1.1' && socketPath.test(url) },
      (request, response) => {
        void handle(request, response);
      },
    );
    opening.keepAliveTimeout = 0; // the broker keeps idle connections
    opening.requestTimeout = 0;
    opening.on('upgrade', upgrade);
    opening.on('connection', (socket: Socket) => socket.on('error', () => socket.destroy()));
    return new Promise((resolve, reject) => {
      opening.once('error', reject);
      opening.listen(port, host, () => {
        opening.off('error', reject);
        const address = opening.address();
        if (typeof address === 'object' && address) port = address.port;
        server = opening;
        resolve();
      });
    });
  }
  await open();
  return {
    get url() {
      return `http://${host}:${String(port)}`;
    },
    get port() {
      return port;
    },
    stop() {
      const closing = server;
      server = undefined;
      for (const socket of sockets.clients) socket.terminate();
      return new Promise((resolve) => {
        if (!closing) return resolve();
        closing.close(() => resolve());
        closing.closeAllConnections();
      });
    },
    start: () => (server ? Promise.resolve() : open()),
  };
}
