import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConsole, type TestConsole } from './testing/start-console.ts';

let served: TestConsole;
beforeAll(async () => (served = await startConsole()));
afterAll(() => served.close());
const report = (directive: string) =>
  JSON.stringify([{ type: 'csp-violation', body: { effectiveDirective: directive, blockedURL: 'https://evil.test/?canary' } }]);
const send = (body: string, type = 'application/reports+json') =>
  served.ask('/csp-reports', { method: 'POST', body, headers: { 'content-type': type, 'sec-fetch-site': 'cross-site' } });

test('both forms of report are counted by directive, and nothing of them is kept', async () => {
  expect((await send(report('script-src-elem'))).status).toBe(204);
  expect((await send(JSON.stringify({ 'csp-report': { 'violated-directive': "img-src 'self'" } }), 'application/csp-report')).status).toBe(
    204,
  );
  await send(report('canary; drop table'));
  expect(served.log.filter(({ level }) => level === 'warn').map(({ directive, count }) => [directive, count])).toEqual([
    ['script', 1],
    ['img', 1],
    ['other', 1],
  ]);
  expect(JSON.stringify(served.log)).not.toContain('canary');
});

test('a flood becomes a line per power of ten', async () => {
  served.log.length = 0;
  for (let at = 0; at < 99; at += 1) await send(report('font-src'));
  expect(served.log.filter(({ level }) => level === 'warn').map(({ count }) => count)).toEqual([1, 10]);
});

test('other types, broken and large reports are refused', async () => {
  expect((await send('{}', 'application/json')).problem().code).toBe('unsupported_media_type');
  expect((await send('{')).problem().code).toBe('malformed_json');
  expect((await send(JSON.stringify(['x'.repeat(16_384)]))).problem().code).toBe('body_too_large');
});
