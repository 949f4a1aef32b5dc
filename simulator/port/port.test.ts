import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { anAgent } from '#simulator/builders.ts';
import { createSimulator } from '#simulator/simulator.ts';
import { listen, type Port } from './listen.ts';
import { systemClock } from './system-clock.ts';
import { startSimulatorWorker } from './worker.ts';

const adminPak = `brokkr_BRport0000_${'x'.repeat(32)}`;
const authorization = `Bearer ${adminPak}`;
const open: Port[] = [];
async function serve(seed = 1) {
  const simulator = createSimulator({ seed, clock: systemClock, scenario: 'empty', adminPak });
  const port = await listen(simulator, { port: 0 });
  open.push(port);
  return { simulator, port };
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((port) => port.stop()));
});
/** Sends bytes as they are and reads until the other side closes. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  socket.end(text);
  let answer = '';
  for await (const chunk of socket as AsyncIterable<string>) answer += chunk;
  return answer;
}
const head = (target: string, more = '') =>
  `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: ${adminPak}\r\n${more}\r\n`;

describe('a simulated broker on a port', () => {
  test('the request target arrives as it was sent', async () => {
    const { simulator, port } = await serve();
    for (const target of ['/api/v1/../../etc', '/api/v1/%2e%2e/x', '/api//v1/agents', '/api/v1/agents/%2F'])
      await raw(port.port, head(target));
    expect(Object.keys(simulator.count.all())).toEqual([
      'GET /api/v1/../../etc',
      'GET /api/v1/%2e%2e/x',
      'GET /api//v1/agents',
      'GET /api/v1/agents/{id}',
    ]);
  });
  test('it listens on loopback only', async () => {
    const { port } = await serve();
    expect(port.url).toBe(`http://127.0.0.1:${String(port.port)}`);
  });
  test('the two CORS layers show as two lines', async () => {
    const { port } = await serve();
    expect((await raw(port.port, head('/api/v1/paks'))).match(/^vary: /gim)).toHaveLength(2);
    expect((await raw(port.port, head('/healthz'))).match(/^vary: /gim)).toHaveLength(1);
  });
  test('HTTP/1.0 cannot be upgraded: 426', async () => {
    const { port } = await serve();
    const upgrade =
      'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const answer = await raw(port.port, `GET /api/v1/fleet/live HTTP/1.0\r\nauthorization: ${adminPak}\r\n${upgrade}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.[01] 426 /);
  });
  test('stopped it refuses and drops everybody; started again it is the same world', async () => {
    const { simulator, port } = await serve();
    const [agent] = simulator.seed({ agents: [anAgent({ name: 'a' })] }).agents;
    const socket = new WebSocket(`${port.url.replace('http', 'ws')}/api/v1/fleet/live`, { headers: { authorization } });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await port.stop();
    expect((await closed)[0]).toBe(1006);
    await expect(fetch(`${port.url}/healthz`)).rejects.toThrow();
    await port.start();
    const answer = await fetch(`${port.url}/api/v1/agents/${agent?.id ?? ''}`, { headers: { authorization } });
    expect(answer.status).toBe(200);
  });
  test('faults reach the wire: a broken connection, a body cut short, a hanging answer', async () => {
    const { simulator, port } = await serve();
    const ask = (signal?: AbortSignal) => fetch(`${port.url}/api/v1/paks`, { headers: { authorization }, ...(signal ? { signal } : {}) });
    simulator.faults.set({ outcome: 'reset' });
    await expect(ask()).rejects.toThrow();
    simulator.faults.set({ outcome: 'truncate' });
    await expect(ask().then((answer) => answer.text())).rejects.toThrow();
    simulator.faults.set({ outcome: 'hang' });
    await expect(ask(AbortSignal.timeout(50))).rejects.toThrow(/timeout/);
    simulator.faults.set({ outcome: 'html' });
    expect((await ask()).headers.get('content-type')).toBe('text/html');
  });
  test('a socket that only offers its key is opened without a protocol', async () => {
    const { port } = await serve();
    const answer = await raw(
      port.port,
      `GET /api/v1/fleet/live HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: brokkr.pak.${adminPak}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(answer).not.toMatch(/sec-websocket-protocol/i);
  });
});

describe('in a thread of its own', () => {
  test('it has its own port, takes the key it was given, and ends', async () => {
    const worker = await startSimulatorWorker({ adminPak, seed: 1, scenario: 'default', agents: 60 });
    const answer = await fetch(`${worker.url}/api/v1/fleet`, { headers: { authorization } });
    expect(await answer.json()).toHaveLength(60);
    await worker.close();
    await expect(fetch(`${worker.url}/healthz`)).rejects.toThrow();
  });
});

describe('npm run simulator', () => {
  async function run(...args: string[]): Promise<{ code: unknown; out: string; error: string }> {
    const child = spawn(process.execPath, ['simulator/port/main.ts', ...args]);
    const text = { out: '', error: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text.out += chunk;
      if (chunk.includes('Simulated broker on')) child.kill();
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.error += chunk));
    const [code] = (await once(child, 'close')) as [unknown];
    return { code, ...text };
  }
  test('says where it is and what it holds', async () => {
    const { out } = await run('--port', '0', '--scenario', 'empty', '--agents', '300');
    expect(out).toMatch(/^Simulated broker on http:\/\/127\.0\.0\.1:\d+: scenario empty, 300 agents, seed 1\.\n$/);
  });
  test.each([
    [['--scenario', 'nope'], 'There is no scenario "nope". There are: default, empty, cluster-down, denied, slow, flaky.\n'],
    [['--agents', '100001'], '--agents takes a whole number up to 100000, not "100001".\n'],
    [['--port', 'x'], '--port takes a whole number up to 65535, not "x".\n'],
    [['--admin-pak', 'nokey'], '--admin-pak takes a key of three parts joined by "_".\n'],
  ])('%j is one clear line', async (args, line) => {
    expect(await run(...args)).toEqual({ code: 1, out: '', error: line });
  });
  test('a taken port is one clear line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' && address ? address.port : 0);
    const ended = await run('--port', port);
    taken.close();
    expect(ended).toEqual({ code: 1, out: '', error: `Port ${port} is taken: stop what listens there, or name another with --port.\n` });
  });
});
