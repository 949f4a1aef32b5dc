import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { drainable } from './draining.ts';

afterEach(() => void vi.useRealTimers());

/** A server whose answers to `/slow` wait until they are let go. */
async function slowServer() {
  const waiting: ServerResponse[] = [];
  const arrived = Promise.withResolvers<void>();
  const server = createServer((incoming, response) => {
    if (incoming.url === '/slow') {
      waiting.push(response);
      arrived.resolve();
    } else response.end('now');
  });
  const draining = drainable(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const ask = async (path: string) => {
    const outgoing = request({ port, host: '127.0.0.1', path, agent }).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    incoming.resume();
    await once(incoming, 'end');
    return incoming;
  };
  return { draining, port, ask, arrived: arrived.promise, letGo: () => waiting.forEach((response) => response.end('at last')) };
}

test('a request that is under way ends, and so does the server, kept connections or not', async () => {
  const { draining, ask, arrived, letGo } = await slowServer();
  await ask('/now'); // leaves an idle connection behind
  const slow = ask('/slow');
  await arrived;
  const drained = draining.drain({ serveMs: 0, drainMs: 10_000 });
  expect(draining.hasBegun()).toBe(true);
  letGo();
  expect((await slow).statusCode).toBe(200);
  await drained; // far earlier than keep-alive would let it
});

test('a connection that was opened ahead and never used holds nobody up', async () => {
  const { draining, port } = await slowServer();
  const ahead = connect(port, '127.0.0.1');
  await once(ahead, 'connect');
  await draining.drain({ serveMs: 0, drainMs: 60_000 });
});

test('new connections are refused once it has closed', async () => {
  const { draining, ask } = await slowServer();
  await draining.drain({ serveMs: 0, drainMs: 1_000 });
  await expect(ask('/now')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('while others are told, it serves on and lets nobody keep a connection', async () => {
  const { draining, ask } = await slowServer();
  vi.useFakeTimers({ toFake: ['setTimeout'] }); // however long the answer takes, it is within the time
  const drained = draining.drain({ serveMs: 100, drainMs: 1_000 });
  const { statusCode, headers } = await ask('/now');
  expect([statusCode, headers.connection]).toEqual([200, 'close']);
  vi.advanceTimersByTime(100);
  await drained;
});

test('what does not end in time is cut', async () => {
  const { draining, ask, arrived } = await slowServer();
  const slow = ask('/slow');
  await arrived;
  const cut = expect(slow).rejects.toMatchObject({ code: 'ECONNRESET' });
  await draining.drain({ serveMs: 0, drainMs: 20 });
  await cut;
});
