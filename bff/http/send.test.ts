import { once } from 'node:events';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { SendFailure, type SendRequest } from '#contract/ports.ts';
import { openLine, type BrokerLine } from './send.ts';

const open: { server: Server; sockets: Set<Socket>; line: BrokerLine }[] = [];
afterEach(async () => {
  for (const { server, sockets, line } of open.splice(0)) {
    await line.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});
interface Upstream {
  line: BrokerLine;
  port: number;
  /** What arrived, connection by connection. */
  received: string[];
  closed: Promise<void>;
}
/** A broker that is nothing but a socket: `answer` gets each request as text and does what it likes. */
async function upstream(answer: (socket: Socket, request: string) => void): Promise<Upstream> {
  const sockets = new Set<Socket>();
  const received: string[] = [];
  const closed = Promise.withResolvers<void>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    const at = received.push('') - 1;
    socket.on('error', () => undefined).on('close', () => closed.resolve());
    socket.on('data', (chunk) => {
      received[at] += chunk.toString('latin1');
      answer(socket, received[at] ?? '');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const line = openLine(`http://127.0.0.1:${port}`);
  open.push({ server, sockets, line });
  return { line, port, received, closed: closed.promise };
}
const get = (more: Partial<SendRequest> = {}): SendRequest => ({
  method: 'GET',
  path: '/api/v1/agents',
  headers: { accept: 'application/json' },
  ...more,
});
const reply = (body: string, head = '') =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const failureOf = async (call: Promise<unknown>): Promise<{ kind: string; sent: boolean }> => {
  const failure: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof SendFailure)) throw new Error('it did not fail', { cause: failure });
  return { kind: failure.kind, sent: failure.sent };
};

describe('what goes out', () => {
  test('is the method, the path and the allowed headers, and nothing else of anybody', async () => {
    const { line, received } = await upstream((socket) => socket.write(reply('[]')));
    const headers = {
      accept: 'application/json',
      authorization: 'Bearer x',
      'x-request-id': 'rq_1',
      cookie: 'a=b',
      'x-forwarded-for': '1.2.3.4',
      forwarded: 'for=x',
      expect: '100-continue',
      te: 'trailers',
    };
    await line.send(get({ headers }));
    const names = (received[0] ?? '')
      .split('\r\n')
      .slice(1)
      .map((header) => header.split(':')[0]?.toLowerCase())
      .filter(Boolean);
    expect(names.toSorted()).toEqual(['accept', 'authorization', 'connection', 'host', 'x-request-id']);
  });
  test('is sent once, whatever comes back', async () => {
    const { line, received } = await upstream((socket) => socket.destroy());
    await failureOf(line.send(get()));
    expect(received).toHaveLength(1);
  });
});

describe('what comes back', () => {
  test('is status, headers and bytes', async () => {
    const { line } = await upstream((socket) => socket.write(reply('["é"]', 'X-Kind: a\r\n')));
    const { status, headers, bytes } = await line.send(get());
    expect([status, headers['x-kind'], Buffer.from(bytes).toString()]).toEqual([200, 'a', '["é"]']);
  });
  test('a redirect is an answer like others: nobody goes there', async () => {
    const { line, received } = await upstream((socket) =>
      socket.write('HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n'),
    );
    expect((await line.send(get())).status).toBe(302);
    expect(received).toHaveLength(1);
  });
  test.each([
    ['an answer larger than announced to be allowed', reply('x'.repeat(101))],
    ['one that grows beyond it', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n65\r\n${'x'.repeat(101)}\r\n0\r\n\r\n`],
  ])('%s fails, and its connection ends', async (_name, bytes) => {
    const { line, closed } = await upstream((socket) => socket.write(bytes));
    expect(await failureOf(line.send(get({ maxBytes: 100 })))).toEqual({ kind: 'too_large', sent: true });
    await closed;
  });
  test('an answer of exactly the allowed size is whole', async () => {
    const { line } = await upstream((socket) => socket.write(reply('x'.repeat(100))));
    expect((await line.send(get({ maxBytes: 100 }))).bytes).toHaveLength(100);
  });
  test.each([
    ['a connection that ends in the middle of the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[', 'truncated'],
    ['chunks that never end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n', 'truncated'],
    ['a connection that ends in the middle of the head', 'HTTP/1.1 200 OK\r\ncontent-', 'reset'],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.9\r\n', 'reset'],
    ['nothing', '', 'reset'],
  ])('%s is no answer', async (_name, bytes, kind) => {
    const { line } = await upstream((socket) => socket.end(bytes));
    expect(await failureOf(line.send(get()))).toEqual({ kind, sent: true });
  });
});

describe('when nothing comes', () => {
  test('a closed port is certainly not reached', async () => {
    const { line, port } = await upstream(() => undefined);
    expect(port).toBeGreaterThan(0);
    const nowhere = openLine('http://127.0.0.1:1');
    expect(await failureOf(nowhere.send(get()))).toEqual({ kind: 'connect', sent: false });
    await nowhere.close();
    await line.close();
  });
  test('a broker that takes the request and says nothing is given up', async () => {
    const { line, closed } = await upstream(() => undefined);
    expect(await failureOf(line.send(get({ totalMs: 50 })))).toEqual({ kind: 'timeout', sent: true });
    await closed;
  });
  test('one that trickles is given up as well', async () => {
    const { line, closed } = await upstream((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n');
      const drip = setInterval(() => socket.write('x'), 10).unref();
      socket.on('close', () => clearInterval(drip));
    });
    expect(await failureOf(line.send(get({ totalMs: 80 })))).toEqual({ kind: 'timeout', sent: true });
    await closed;
  });
});

describe('when the caller goes away', () => {
  test('the connection to the broker ends with them', async () => {
    const arrived = Promise.withResolvers<void>();
    const { line, closed } = await upstream(() => arrived.resolve());
    const gone = new AbortController();
    const failure = failureOf(line.send(get({ signal: gone.signal })));
    await arrived.promise;
    gone.abort();
    expect(await failure).toEqual({ kind: 'aborted', sent: true });
    await closed;
  });
  test('before anything was sent, nothing is', async () => {
    const { line, received } = await upstream((socket) => socket.write(reply('[]')));
    expect(await failureOf(line.send(get({ signal: AbortSignal.abort() })))).toEqual({ kind: 'aborted', sent: false });
    await line.send(get());
    expect(received).toHaveLength(1);
  });
  test('while it waited for a connection, the broker never sees the request', async () => {
    const waiting: Socket[] = [];
    const full = Promise.withResolvers<void>();
    const { line, received } = await upstream((socket, request) => {
      if (request.includes('/after')) return void socket.write(reply('[]'));
      if (waiting.push(socket) === 64) full.resolve();
    });
    const busy = Array.from({ length: 64 }, () => line.send(get()));
    await full.promise;
    const gone = new AbortController();
    const failure = failureOf(line.send(get({ path: '/late', signal: gone.signal })));
    gone.abort();
    expect(await failure).toEqual({ kind: 'aborted', sent: false });
    for (const socket of waiting) socket.write(reply('[]'));
    await Promise.all(busy);
    await line.send(get({ path: '/after' }));
    expect(received.some((text) => text.includes('/late'))).toBe(false);
  });
});
