// One hop to the broker and nothing else, as the measure of what the console adds: `hop-server.ts <bare|middleware> <upstream>`.
import { Agent, createServer, request as send, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProxyMiddleware } from 'http-proxy-middleware';

const [, , kind, upstream = ''] = process.argv;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const authorization = `Bearer ${process.env['BROKER_PAK']}`;

const bare: RequestListener = (request, response) => {
  const forwarded = send(
    new URL(request.url ?? '/', upstream),
    { method: request.method ?? 'GET', agent, headers: { accept: 'application/json', authorization } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? 'application/json' });
      answer.pipe(response);
    },
  );
  forwarded.on('error', () => response.destroy());
  forwarded.end();
};
const proxy = createProxyMiddleware({ target: upstream, agent, headers: { authorization } });
const middleware: RequestListener = (request, response) => void proxy(request, response, () => response.writeHead(404).end());

const server = createServer(kind === 'middleware' ? middleware : bare);
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
