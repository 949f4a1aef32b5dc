import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { drainable } from './draining.ts';
import { holdBack, type HoldBack } from './hold-back.ts';
import { startConsole } from './testing/start-console.ts';

const anHour = 3_600_000;
/** A server that is full: it turns everybody away, and counts how often. */
async function fullServer(hold: HoldBack) {
  const refused = { times: 0 };
  const server = createServer((request, response) => {
    if (!hold(request, response)) return;
    refused.times += 1;
    response.writeHead(503).end();
  });
  const draining = drainable(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { refused, draining, connect: () => aConnection(port) };
}
async function aConnection(port: number) {
  const socket: Socket = connect(port, '127.0.0.1').setEncoding('latin1');
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  const push = (times = 1, head = '') => socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${head}\r\n`.repeat(times));
  return {
    socket,
    push,
    /** Asks and waits for the answer. */
    async ask(head?: string) {
      push(1, head);
      const [answer] = (await once(socket, 'data')) as [string];
      return answer.split('\r\n')[0];
    },
  };
}
/** Whatever was sent before has been read by then, or is not read at all: a connection takes the server two rounds. */
const afterNewcomers = async (server: { connect: () => ReturnType<typeof aConnection> }) => {
  for (let newcomer = 0; newcomer < 3; newcomer += 1) expect(await (await server.connect()).ask()).toMatch(/503/);
  return 3;
};

test('who comes back at once is answered once more, and then not read', async () => {
  const server = await fullServer(holdBack(anHour));
  const pusher = await server.connect();
  expect([await pusher.ask(), await pusher.ask()]).toEqual(['HTTP/1.1 503 Service Unavailable', 'HTTP/1.1 503 Service Unavailable']);
  pusher.push();
  const newcomers = await afterNewcomers(server);
  expect(server.refused.times).toBe(2 + newcomers);
});
test('without that, whoever pushes is turned away as often as they like', async () => {
  const server = await fullServer(() => true);
  const pusher = await server.connect();
  for (let time = 1; time <= 100; time += 1) await pusher.ask();
  expect(server.refused.times).toBe(100);
});
test('twenty who push for as long as they can cost two refusals each', async () => {
  const server = await fullServer(holdBack(anHour));
  const pushers = await Promise.all(Array.from({ length: 20 }, server.connect));
  for (const { socket, push } of pushers) {
    socket.on('data', () => push());
    push();
  }
  await Promise.all(pushers.map(async ({ socket }) => [await once(socket, 'data'), await once(socket, 'data')]));
  const newcomers = await afterNewcomers(server);
  expect(server.refused.times).toBe(40 + newcomers);
});
test('what they sent meanwhile is read when the time is over', async () => {
  const server = await fullServer(holdBack(20));
  const pusher = await server.connect();
  for (let time = 1; time <= 10; time += 1) expect(await pusher.ask()).toMatch(/503/);
});
test('who comes back in time is never held', async () => {
  const server = await fullServer(holdBack(0)); // whenever they come, it is time
  const patient = await server.connect();
  for (let time = 1; time <= 10; time += 1) expect(await patient.ask()).toMatch(/503/);
});
test('a body that is still on its way is read when the time is over, and disturbs nobody', async () => {
  const server = await fullServer(holdBack(20));
  const pusher = await server.connect();
  await pusher.ask();
  expect(await pusher.ask('Content-Length: 5\r\n')).toMatch(/503/);
  pusher.socket.write('12345');
  expect(await pusher.ask()).toMatch(/503/);
});
test('who sends on without waiting for answers is cut off', async () => {
  const server = await fullServer(holdBack(anHour));
  const pusher = await server.connect();
  pusher.socket.on('error', () => undefined).resume();
  pusher.push(500);
  await new Promise((resolve) => pusher.socket.once('close', resolve));
  expect(server.refused.times).toBe(1);
});
test('the end of the server waits for nobody who is held', async () => {
  const server = await fullServer(holdBack(anHour));
  const pusher = await server.connect();
  await pusher.ask();
  await pusher.ask();
  pusher.socket.on('error', () => undefined);
  pusher.push();
  await server.draining.drain({ serveMs: 0, drainMs: anHour });
});

test('the console holds those who push on when it is full, and goes on answering probes', async () => {
  let turnedAway = 0;
  const served = await startConsole({ admit: () => ((turnedAway += 1), false), hold: holdBack(anHour) });
  const pusher = await aConnection(served.port);
  expect([await pusher.ask(), await pusher.ask()]).toEqual(['HTTP/1.1 503 Service Unavailable', 'HTTP/1.1 503 Service Unavailable']);
  pusher.push();
  for (let probe = 0; probe < 3; probe += 1) expect((await served.ask('/liveness')).status).toBe(200);
  expect(turnedAway).toBe(2);
  await served.close();
});
