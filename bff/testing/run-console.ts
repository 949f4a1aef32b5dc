import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, post, type Answer, type Ask } from '#bff/http/testing/start-console.ts';
import { startConsole } from '../app.ts';
import { parseConfig } from '../config.ts';
import { listedLog, type LogLine } from './world.ts';

export const adminPak = 'brokkr_BRtest01_6kQ8vHn4sYpWc7RtJm5xZbEa3GdLfUuXy';
const runtime = { node: process.versions.node, sqlite: process.versions['sqlite'] ?? '', execArgv: [] };

export interface WholeConsole {
  url: string;
  log: LogLine[];
  ask: (path: string, options?: Ask) => Promise<Answer>;
  /** Signs in with a broker key and answers the headers of that session. */
  signIn: (pak?: string) => Promise<Record<string, string>>;
  close: () => Promise<void>;
}
/** Everything that `bff/main.ts` wires, over a broker of the test's own and a data folder that goes with it. */
export async function runConsole(brokerUrl: string, env: Record<string, string> = {}): Promise<WholeConsole> {
  const folder = mkdtempSync(join(tmpdir(), 'console-'));
  const log: LogLine[] = [];
  const config = parseConfig(
    {
      PORT: '0',
      BROKER_URL: brokerUrl,
      BROKER_PAK: adminPak,
      DATABASE_URL: `sqlite:${join(folder, 'console.db')}`,
      SNAPSHOT_MIN_MS: '0',
      ...env,
    },
    runtime,
  );
  const running = await startConsole(config, listedLog(log), (_request, response) => void response.send('page'), { rests: true });
  const port = Number(new URL(running.origin).port);
  return {
    url: running.origin,
    log,
    ask: (path, options) => ask(port, path, options),
    async signIn(pak = adminPak) {
      const answer = await ask(port, '/api/sign-in/pak', post({ pak, name: 'tester' }));
      const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0];
      if (cookie === undefined) throw new Error(`not signed in: ${answer.text}`);
      return { cookie };
    },
    async close() {
      await running.draining.drain({ serveMs: 0, drainMs: 1_000 });
      await running.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface RawBroker {
  url: string;
  /** Request lines as they arrived, sign-in left out. */
  requests: string[];
  /** What every request but sign-in gets from now on: bytes to write, and whether the connection then ends. */
  answer: (handle: (socket: Socket, line: string) => void) => void;
  close: () => void;
}
/** A broker that is nothing but a socket: it knows keys, and otherwise says what the test tells it to. */
export async function rawBroker(): Promise<RawBroker> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let handle = (socket: Socket, _line: string): void => void socket.destroy();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      const [line = ''] = chunk.toString('latin1').split('\r\n');
      if (line.startsWith('POST /api/v1/auth/pak ')) {
        socket.write(httpAnswer(200, '{"admin":true,"agent":null,"generator":null,"readonly":false}'));
        return;
      }
      requests.push(line);
      handle(socket, line);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => {
      handle = next;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
export function httpAnswer(status: number, body: string, headers: Record<string, string> = {}): string {
  const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers };
  return `HTTP/1.1 ${status} X\r\n${Object.entries(all)
    .map((pair) => pair.join(': '))
    .join('\r\n')}\r\n\r\n${body}`;
}
