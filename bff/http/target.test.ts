import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoint } from '#contract/endpoint.ts';
import { route } from '#bff/pipeline/route.ts';
import * as z from 'zod/mini';
import { startConsole, type TestConsole } from './testing/start-console.ts';

const reached: string[] = [];
const anything = endpoint('GET /api/things/:name', {
  policy: 'read',
  audit: 'none',
  request: { params: z.object({ name: z.string() }) },
  response: z.object({ name: z.string() }),
});
const listing = endpoint('GET /api/things', {
  policy: 'read',
  audit: 'none',
  request: { query: z.object({ q: z.optional(z.string()) }) },
  response: z.object({}),
});
let served: TestConsole;
const routes = [
  route(anything, ({ params }) => {
    reached.push(params.name);
    return params;
  }),
  route(listing, () => ({})),
];
beforeAll(async () => {
  served = await startConsole({ routes });
});
afterAll(() => served.close());

const cookie = `Cookie: __Host-Http-console=${'viewer'.padEnd(43, '0')}`;
const raw = (line: string, headers: string[] = [`Host: 127.0.0.1:${served.port}`, cookie], body = '') =>
  served.raw(`${line}\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
const expectProblem = (answer: string, status: number, code: string) => {
  expect(statusOf(answer)).toBe(status);
  expect(answer).toMatch(/content-type: application\/problem\+json/i);
  expect(answer).toMatch(/x-content-type-options: nosniff/i);
  expect(answer).toMatch(/x-request-id: rq_[0-9a-f]{16}/i);
  expect(answer).toContain(`"code":"${code}"`);
};

test('a well-formed target reaches its route', async () => {
  expect(statusOf(await raw('GET /api/things/caf%C3%A9%20au-lait HTTP/1.1'))).toBe(200);
  expect(reached).toEqual(['café au-lait']);
});

describe.each([
  ['absolute form', 'http://127.0.0.1/api/things/x'],
  ['absolute form of another host', 'http://broker/api/things/x'],
  ['asterisk form', '*'],
  ['an empty segment', '//api/things/x'],
  ['an empty segment in the middle', '/api//things/x'],
  ['a dot segment', '/api/things/../things/x'],
  ['a single dot', '/api/./things/x'],
  ['an encoded dot segment', '/api/things/%2e%2e/things/x'],
  ['a half-encoded dot segment', '/api/things/.%2E/x'],
  ['a doubly encoded dot segment', '/api/things/%252e%252e'],
  ['a triply encoded dot segment', '/api/things/%25252e%25252e'],
  ['a backslash', '/api/things/..\\x'],
  ['an encoded backslash', '/api/things/%5cx'],
  ['a semicolon', '/api/things/x;role=admin'],
  ['an encoded semicolon', '/api/things/x%3brole=admin'],
  ['a fragment', '/api/things/x#y'],
  ['an encoded NUL', '/api/things/x%00'],
  ['an encoded slash', '/api/things/x%2fy'],
  ['a doubly encoded slash', '/api/things/x%252Fy'],
  ['an over-long encoding of a dot', '/api/things/%c0%ae'],
  ['a broken encoding', '/api/things/%zz'],
  ['a broken encoding in the query', '/api/things?q=%zz'],
  ['a NUL in the query', '/api/things?q=%00'],
])('%s', (_name, target) => {
  test('is refused before routing', async () => {
    reached.length = 0;
    expectProblem(await raw(`GET ${target} HTTP/1.1`), 400, 'bad_target');
    expect(reached).toEqual([]);
  });
});

test('without the check a hidden separator would reach the route', async () => {
  const open = await startConsole({ routes, inspect: () => undefined });
  reached.length = 0;
  await open.ask('/api/things/%2e%2e%2fsecret', { as: 'viewer' });
  await open.ask('/api/things/%2e%2e', { as: 'viewer' });
  expect(reached).toEqual(['../secret', '..']);
  await open.close();
});

test.each(['TRACE', 'CONNECT', 'PROPFIND'])('%s is not used here', async (method) => {
  const answer = await raw(`${method} ${method === 'CONNECT' ? '127.0.0.1:80' : '/api/things/x'} HTTP/1.1`);
  expectProblem(answer, 405, 'method_not_allowed');
  expect(answer).toMatch(/allow: GET/i);
});

describe('framing', () => {
  const host = () => `Host: 127.0.0.1:${served.port}`;
  test.each([
    ['a second Host', () => [host(), host()]],
    ['no Host at all', () => []],
    ['two different lengths', () => [host(), 'Content-Length: 1', 'Content-Length: 2']],
    ['the same length twice', () => [host(), 'Content-Length: 1', 'Content-Length: 1']],
    ['a length and chunks', () => [host(), 'Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['a transfer encoding that is not chunked', () => [host(), 'Transfer-Encoding: gzip, chunked']],
    ['an unknown transfer encoding', () => [host(), 'Transfer-Encoding: cow']],
    ['two transfer encodings', () => [host(), 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['a length that is no number', () => [host(), 'Content-Length: +1']],
  ])('%s is refused', async (_name, headers) => {
    expectProblem(await raw('POST /api/things/x HTTP/1.1', headers(), '0\r\n\r\n'), 400, 'bad_target');
  });
});

test('an upgrade that nobody offers, and an expectation, are read past', async () => {
  const host = `Host: 127.0.0.1:${served.port}`;
  expect(
    statusOf(
      await raw('GET /api/things/x HTTP/1.1', [host, cookie, 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x']),
    ),
  ).toBe(200);
  expect(statusOf(await raw('GET /api/things/x HTTP/1.1', [host, cookie, 'Expect: a-miracle']))).toBe(200);
});

describe('lengths', () => {
  test('a page or a list may have 8 KiB of address, a single object 2 KiB', async () => {
    expect(statusOf(await raw(`GET /api/things?q=${'x'.repeat(8_000)} HTTP/1.1`))).toBe(200);
    expect(statusOf(await raw(`GET /fleet?q=${'x'.repeat(8_000)} HTTP/1.1`))).toBe(200);
    expectProblem(await raw(`GET /api/things?q=${'x'.repeat(8_200)} HTTP/1.1`), 414, 'url_too_long');
    expectProblem(await raw(`GET /api/things/${'x'.repeat(2_048)} HTTP/1.1`), 414, 'url_too_long');
    expectProblem(await raw(`POST /api/things?q=${'x'.repeat(2_048)} HTTP/1.1`), 414, 'url_too_long');
  });
  test('more than 100 headers, or more than 16 KiB of them, are refused', async () => {
    const base = [`Host: 127.0.0.1:${served.port}`, cookie];
    const some = (count: number, value: string) => Array.from({ length: count }, (_, at) => `X-H${at}: ${value}`);
    expect(statusOf(await raw('GET /api/things/x HTTP/1.1', [...base, ...some(97, '1')]))).toBe(200);
    expectProblem(await raw('GET /api/things/x HTTP/1.1', [...base, ...some(98, '1')]), 431, 'headers_too_large');
    expectProblem(await raw('GET /api/things/x HTTP/1.1', [...base, ...some(17, 'y'.repeat(1_000))]), 431, 'headers_too_large');
    expectProblem(await raw('GET /api/things/x HTTP/1.1', [...base, ...some(40, 'y'.repeat(1_000))]), 431, 'headers_too_large');
  });
  test('bytes that are no request are answered as a problem as well', async () => {
    expectProblem(await raw('NONSENSE'), 400, 'bad_target');
  });
});

describe('the name it is reached by', () => {
  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('%s with our port is ours', async (name) => {
    expect(statusOf(await raw('GET /api/things/x HTTP/1.1', [`Host: ${name}:${served.port}`, cookie]))).toBe(200);
  });
  test.each(['127.0.0.1', 'localhost:1', 'evil.test', '127.0.0.1.evil.test', 'user@127.0.0.1'])('%s is not', async (host) => {
    expectProblem(await raw('GET /api/things/x HTTP/1.1', [`Host: ${host}`, cookie]), 421, 'misdirected');
  });
  test('behind a public origin there is one name only', async () => {
    const behind = await startConsole({ publicOrigin: 'https://console.test' });
    expect((await behind.ask('/', { headers: { host: 'console.test' } })).status).toBe(200);
    expect((await behind.ask('/', { headers: { host: `127.0.0.1:${behind.port}` } })).status).toBe(421);
    await behind.close();
  });
});
