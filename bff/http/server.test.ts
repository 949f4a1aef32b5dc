import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startConsole } from './testing/start-console.ts';

/** Everything that comes back on a socket on which `then` is sent once the beginning of the first answer is there. */
async function conversation(port: number, first: string, then: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    if (received === '') socket.write(then);
    received += chunk;
  });
  socket.on('error', () => undefined).write(first);
  await once(socket, 'close');
  return received;
}
const get = (port: number) => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;

test('what is no HTTP is answered as such after a whole answer', async () => {
  const served = await startConsole();
  expect(await conversation(served.port, get(served.port), 'no HTTP\r\n\r\n')).toMatch(
    /<p>page<\/p>HTTP\/1\.1 400 [\s\S]*"code":"bad_target"/,
  );
  await served.close();
});
test('amid an answer it gets none: whoever reads that one would take it for a part of it', async () => {
  const served = await startConsole({ page: (_request, response) => void response.write('half a page') });
  const received = await conversation(served.port, get(served.port), 'no HTTP\r\n\r\n');
  expect(received).toMatch(/half a page\r\n$/);
  await served.close();
});
