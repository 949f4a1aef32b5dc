import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staticFiles } from './static-files.ts';
import { post, startConsole, type TestConsole } from './testing/start-console.ts';

const folder = mkdtempSync(join(tmpdir(), 'page-'));
const html = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>';
let served: TestConsole;
beforeAll(async () => {
  for (const made of ['assets', 'docs', '.vite']) mkdirSync(join(folder, made));
  const files = {
    'index.html': html,
    'assets/main-abc.js': 'plain',
    'assets/main-abc.js.br': 'packed',
    'favicon.svg': '<svg/>',
    'docs/errors.html': '<h2 id="internal">',
    '.vite/manifest.json': '{}',
    'assets/main-abc.js.map': '{}',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  served = await startConsole({ page: staticFiles(folder) });
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

test('every page address is answered with the page, never to be kept, with a nonce of its own', async () => {
  const [first, second] = [await served.ask('/'), await served.ask('/fleet/0/labels?q=1')];
  const nonce = /style-src 'self' 'nonce-([A-Za-z0-9+/=]{24})'/.exec(String(first.headers['content-security-policy']))?.[1];
  expect(first.text).toBe(html.replaceAll('__CSP_NONCE__', String(nonce)));
  expect(first.headers['cache-control']).toBe('no-store');
  expect(second.status).toBe(200);
  expect(second.headers['content-security-policy']).not.toBe(first.headers['content-security-policy']);
});

test('files named after their content are kept for a year, packed for whoever can unpack them', async () => {
  const packed = await served.ask('/assets/main-abc.js', { headers: { 'accept-encoding': 'gzip, br' } });
  expect([packed.text, packed.headers['content-encoding'], packed.headers['vary']]).toEqual(['packed', 'br', 'accept-encoding']);
  expect(packed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(packed.headers['content-type']).toBe('text/javascript; charset=utf-8');
  const plain = await served.ask('/assets/main-abc.js', { headers: { 'accept-encoding': 'gzip' } });
  expect([plain.text, plain.headers['content-encoding']]).toEqual(['plain', undefined]);
});

test('other files are asked for again, and answered briefly while they are the same', async () => {
  const { headers } = await served.ask('/favicon.svg');
  expect(headers['cache-control']).toBe('public, no-cache');
  expect((await served.ask('/favicon.svg', { headers: { 'if-none-match': String(headers.etag) } })).status).toBe(304);
});

test('the error guide is where problems point to', async () => {
  expect((await served.ask('/docs/errors')).text).toContain('id="internal"');
});

test.each(['/assets/none.js', '/assets/main-abc.js.map', '/assets/main-abc.js.br', '/.vite/manifest.json', '/etc/passwd.txt', '/main.tsx'])(
  '%s is not there, and is not the page',
  async (path) => {
    const answer = await served.ask(path);
    expect([answer.status, answer.problem().code]).toEqual([404, 'not_found']);
  },
);

test('pages are only read', async () => {
  const answer = await served.ask('/fleet', post({}));
  expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
});

test('a console whose page was not built says so', async () => {
  const unbuilt = await startConsole({ page: staticFiles(join(folder, 'none')) });
  expect((await unbuilt.ask('/')).problem().title).toMatch(/npm run build/);
  await unbuilt.close();
});
