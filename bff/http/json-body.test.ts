import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pageHeaders, post, startConsole, type TestConsole } from './testing/start-console.ts';
import { done, forget, routes } from './testing/some-routes.ts';

let served: TestConsole;
beforeAll(async () => (served = await startConsole({ routes })));
afterAll(() => served.close());
beforeEach(() => forget(served));

describe('bodies', () => {
  const sized = (length: number) => JSON.stringify({ text: 'x'.repeat(length) });
  test('a sign-in takes 16 KiB, a change 1 MiB, a draft 4 MiB', async () => {
    const send = async (path: string, method: string, length: number) =>
      (await served.ask(path, { ...post(null, { as: 'admin', method }), body: sized(length) })).status;
    expect(await send('/api/sign-in/account', 'POST', 16_000)).toBe(200);
    expect(await send('/api/sign-in/account', 'POST', 16_384)).toBe(413);
    expect(await send('/api/things', 'POST', 1_048_576)).toBe(413);
    expect(await send('/api/drafts', 'PUT', 2_000_000)).toBe(200);
    expect(await send('/api/drafts', 'PUT', 4 * 1024 * 1024)).toBe(413);
    expect(done).toEqual([2_000_000]);
  });
  test('a body whose length was not announced meets the same limit', async () => {
    const chunk = 'x'.repeat(20_000);
    const head = [
      'POST /api/sign-in/account HTTP/1.1',
      `Host: 127.0.0.1:${served.port}`,
      ...Object.entries(pageHeaders).map((pair) => pair.join(': ')),
      'Transfer-Encoding: chunked',
      'Connection: close',
    ];
    const answer = await served.raw(`${head.join('\r\n')}\r\n\r\n${chunk.length.toString(16)}\r\n${chunk}\r\n0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413[\s\S]*"code":"body_too_large"/);
  });
  test('compressed bodies are not unpacked', async () => {
    const ask = post({ text: 'x' }, { as: 'admin', headers: { 'content-encoding': 'gzip' } });
    expect((await served.ask('/api/things', ask)).problem().code).toBe('unsupported_media_type');
  });
  test.each([
    ['depth', { text: JSON.parse('['.repeat(33) + ']'.repeat(33)) as unknown }],
    ['a long list', { text: Array.from({ length: 1_001 }, () => 0) }],
    ['a long text', { text: 'x'.repeat(262_145) }],
    ['a prototype', JSON.parse('{"__proto__":{"text":"x"}}') as unknown],
    ['a constructor', { text: 'x', constructor: {} }],
  ])('%s is refused', async (_name, body) => {
    expect((await served.ask('/api/things', post(body, { as: 'admin' }))).problem().code).toBe('invalid_request');
    expect(done).toEqual([]);
  });
  test('repeated and nested query members stay plain text', async () => {
    expect((await served.ask('/api/things?q[a]=1', { as: 'viewer' })).problem().errors?.map(({ path }) => path)).toEqual(['q[a]']);
    expect((await served.ask('/api/things?__proto__=1', { as: 'viewer' })).problem().code).toBe('invalid_request');
  });
});
