import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { route } from '#bff/pipeline/route.ts';
import { endpoint } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import * as z from 'zod/mini';
import { pageHeaders, post, startConsole, type Ask, type TestConsole } from './testing/start-console.ts';

const done: unknown[] = [];
const Body = z.strictObject({ text: z.string() });
const Echo = z.object({ text: z.string() });
const publicRead = endpoint('GET /api/session', {
  policy: 'public',
  audit: 'none',
  request: {},
  response: z.object({ signedIn: z.boolean() }),
});
const signIn = endpoint('POST /api/sign-in/account', {
  policy: 'public',
  audit: 'auth.login.success',
  request: { body: Body },
  response: Echo,
  bodyLimit: 16_384,
});
const signOut = endpoint('POST /api/sign-out', {
  policy: 'session',
  audit: 'auth.logout',
  request: { body: z.strictObject({}) },
  response: z.object({}),
});
const read = endpoint('GET /api/things', {
  policy: 'read',
  audit: 'none',
  request: { query: z.strictObject({ q: z.optional(z.string()) }) },
  response: Echo,
});
const save = endpoint('PUT /api/drafts', {
  policy: 'session',
  audit: 'none',
  request: { body: Body },
  response: Echo,
  bodyLimit: 4 * 1024 * 1024,
});
const administer = endpoint('POST /api/things', { policy: 'administer', audit: 'auth.logout', request: { body: Body }, response: Echo });
const breaks = endpoint('GET /api/breaks/:how', {
  policy: 'read',
  audit: 'none',
  request: { params: z.object({ how: z.string() }) },
  response: Echo,
});
const token = 'a'.repeat(43);

const routes = [
  route(publicRead, (_request, { caller }) => ({ signedIn: caller !== null })),
  route(signIn, ({ body }, { session }) => {
    if (body.text === 'wrong') throw new ProblemError('sign_in_failed', 'No');
    session.next = token;
    return body;
  }),
  route(signOut, (_request, { session }) => {
    session.next = null;
    return {};
  }),
  route(read, ({ query }) => ({ text: (query.q ?? '').padEnd(2_000, '.') })),
  route(save, ({ body }) => {
    done.push(body.text.length);
    return { text: 'saved' };
  }),
  route(administer, ({ body }) => {
    done.push(body.text);
    return body;
  }),
  route(breaks, ({ params }) => {
    if (params.how === 'limited') throw new ProblemError('rate_limited', 'Slow down', { retry_after_s: 1.2 });
    throw new Error('select * from secrets where host = db-1.internal');
  }),
];
let served: TestConsole;
beforeAll(async () => (served = await startConsole({ routes })));
afterAll(() => served.close());
beforeEach(() => {
  done.length = 0;
  served.audit.length = 0;
  served.log.length = 0;
  served.extended.length = 0;
});

describe('provenance of changes', () => {
  const change = (headers: Record<string, string | undefined>): Ask => ({
    ...post({ text: 'x' }, { as: 'admin' }),
    headers: Object.fromEntries(
      Object.entries({ ...pageHeaders, ...headers }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  });
  test.each([
    ['the page itself', () => change({})],
    ['a browser that only sends Origin', () => change({ 'sec-fetch-site': undefined, origin: served.origin })],
    ['a poll', () => change({ 'x-console': 'poll' })],
    ['a charset', () => change({ 'content-type': 'application/json; charset=utf-8' })],
  ])('%s is let through', async (_name, ask) => {
    expect((await served.ask('/api/things', ask())).status).toBe(200);
    expect(done).toEqual(['x']);
  });
  test.each([
    ['a sibling origin', () => change({ 'sec-fetch-site': 'same-site' }), 403, 'csrf_refused'],
    ['another site', () => change({ 'sec-fetch-site': 'cross-site' }), 403, 'csrf_refused'],
    ['the address bar', () => change({ 'sec-fetch-site': 'none' }), 403, 'csrf_refused'],
    [
      'another site whose Origin was forged to ours',
      () => change({ 'sec-fetch-site': 'cross-site', origin: served.origin }),
      403,
      'csrf_refused',
    ],
    ['neither header', () => change({ 'sec-fetch-site': undefined }), 403, 'csrf_refused'],
    ['another Origin', () => change({ 'sec-fetch-site': undefined, origin: 'http://evil.test' }), 403, 'csrf_refused'],
    ['our host on another port', () => change({ 'sec-fetch-site': undefined, origin: 'http://127.0.0.1:1' }), 403, 'csrf_refused'],
    ['a null Origin', () => change({ 'sec-fetch-site': undefined, origin: 'null' }), 403, 'csrf_refused'],
    ['a form, which cannot set headers', () => change({ 'x-console': undefined }), 403, 'csrf_refused'],
    ['an unknown use', () => change({ 'x-console': 'other' }), 403, 'csrf_refused'],
    ['a plain form', () => change({ 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported_media_type'],
    ['text that happens to be JSON', () => change({ 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    ['no media type', () => change({ 'content-type': undefined }), 415, 'unsupported_media_type'],
    ['another charset', () => change({ 'content-type': 'application/json; charset=utf-16' }), 415, 'unsupported_media_type'],
  ])('%s is refused and changes nothing', async (_name, ask, status, code) => {
    const answer = await served.ask('/api/things', ask());
    expect([answer.status, answer.problem().code]).toEqual([status, code]);
    expect(done).toEqual([]);
  });
  test.each([['/api/sign-in/account'], ['/api/sign-out'], ['/api/unknown'], ['/fleet']])('%s asks for it as well', async (path) => {
    const answer = await served.ask(path, { ...change({ 'sec-fetch-site': 'cross-site' }) });
    expect(answer.problem().code).toBe('csrf_refused');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
  test('without the guard, a form on a sibling origin would change something', async () => {
    const open = await startConsole({ routes, guard: () => undefined });
    await open.ask('/api/things', change({ 'sec-fetch-site': 'same-site', 'x-console': undefined }));
    expect(done).toEqual(['x']);
    await open.close();
  });
  test('behind a proxy that ends TLS, only the public origin counts, whatever is said to have been forwarded', async () => {
    const behind = await startConsole({ routes, publicOrigin: 'https://console.test' });
    const send = async (headers: Record<string, string | undefined>) =>
      (
        await behind.ask(
          '/api/things',
          change({ host: 'console.test', 'sec-fetch-site': undefined, 'x-forwarded-proto': 'https', ...headers }),
        )
      ).status;
    expect(await send({ origin: 'https://console.test' })).toBe(200);
    for (const origin of [
      'http://console.test',
      'https://docs.console.test',
      'https://console.test:8443',
      `http://127.0.0.1:${behind.port}`,
    ]) {
      expect([origin, await send({ origin, 'x-forwarded-host': 'docs.console.test', forwarded: 'host=docs.console.test' })]).toEqual([
        origin,
        403,
      ]);
    }
    expect(done).toEqual(['x']);
    await behind.close();
  });
  test('a refusal is recorded', async () => {
    await served.ask('/api/things', change({ 'sec-fetch-site': 'cross-site' }));
    expect(served.audit).toEqual([
      {
        intent: expect.objectContaining({ type: 'authz.csrf.refused', path: '/api/things', ip: '127.0.0.1' }),
        end: { outcome: 'denied', code: 'csrf_refused', status: 403 },
      },
    ]);
  });
  test('no method override turns a read into a change', async () => {
    const answer = await served.ask('/api/things?_method=POST', {
      as: 'admin',
      headers: { 'x-http-method-override': 'POST', 'x-method-override': 'DELETE' },
    });
    expect(answer.problem().errors?.map(({ path }) => path)).toEqual(['_method']);
    expect(done).toEqual([]);
  });
  test('nobody is granted a cross-origin read', async () => {
    const preflight = await served.ask('/api/things', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.test', 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers['allow']]).toEqual([405, 'HEAD, GET, POST']);
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the order of refusals', () => {
  test('who is not signed in learns nothing about their body', async () => {
    expect((await served.ask('/api/things', { ...post({}), body: '{' })).problem().code).toBe('sign_in_required');
  });
  test('who has not the role is refused before anything is parsed, and it is recorded', async () => {
    expect((await served.ask('/api/things', { ...post({}, { as: 'viewer' }), body: '{' })).problem()).toMatchObject({
      code: 'role_required',
      needs: 'admin',
    });
    expect(served.audit.map(({ intent }) => intent.type)).toEqual(['authz.access.denied']);
  });
  test('who may is told what is wrong', async () => {
    expect((await served.ask('/api/things', { ...post({}, { as: 'admin' }), body: '{' })).problem().code).toBe('malformed_json');
    expect((await served.ask('/api/things', post({ text: 'x', more: 1 }, { as: 'admin' }))).problem()).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'more' }],
    });
  });
});

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

describe('answers', () => {
  const everywhere = ['/', '/api/session', '/api/unknown', '/api/things', '/liveness', '/assets/none.js', '/api/breaks/now', '//'];
  test.each(everywhere)('%s carries every security header', async (path) => {
    const { headers } = await served.ask(path, { as: 'viewer' });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'reporting-endpoints': 'csp="/csp-reports"',
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe/);
    expect(headers['permissions-policy']).toMatch(/camera=\(\).*microphone=\(\)/);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  });
  test('over TLS browsers are told to stay there', async () => {
    const behind = await startConsole({ routes, publicOrigin: 'https://console.test' });
    const { headers } = await behind.ask('/api/session', { headers: { host: 'console.test' } });
    expect(headers['strict-transport-security']).toMatch(/max-age=31536000/);
    await behind.close();
  });
  test('an unknown operation is a problem, never the page', async () => {
    const answer = await served.ask('/api/unknown', { headers: { accept: 'text/html' } });
    expect([answer.status, answer.headers['content-type'], answer.problem().code]).toEqual([404, 'application/problem+json', 'not_found']);
  });
  test('an unknown method says which are known', async () => {
    const answer = await served.ask('/api/drafts', { as: 'admin' });
    expect([answer.status, answer.headers['allow'], answer.problem().code]).toEqual([405, 'PUT', 'method_not_allowed']);
  });
  test('an error of ours says nothing but its request id, which the log has with its cause', async () => {
    const answer = await served.ask('/api/breaks/now', { as: 'viewer', headers: { 'x-request-id': 'rq_0123456789abcdef' } });
    expect(answer.json()).toEqual({
      type: '/docs/errors#internal',
      title: 'Something went wrong inside the console',
      status: 500,
      code: 'internal',
      request_id: 'rq_0123456789abcdef',
    });
    expect(served.log.find(({ level }) => level === 'error')).toMatchObject({
      request_id: 'rq_0123456789abcdef',
      error: expect.objectContaining({ message: expect.stringContaining('select *') as string }) as Error,
    });
  });
  test('whoever has to wait is told how long', async () => {
    expect((await served.ask('/api/breaks/limited', { as: 'viewer' })).headers['retry-after']).toBe('2');
  });
  test('answers are compressed for whoever can read that', async () => {
    expect((await served.ask('/api/things', { as: 'viewer', headers: { 'accept-encoding': 'br' } })).headers['content-encoding']).toBe(
      'br',
    );
    expect((await served.ask('/api/things', { as: 'viewer' })).headers['content-encoding']).toBeUndefined();
  });
  test('HEAD is GET without its body', async () => {
    const answer = await served.ask('/api/things', { method: 'HEAD', as: 'viewer' });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });
});

describe('request ids', () => {
  test('the page names its own request', async () => {
    const { headers } = await served.ask('/api/session', { headers: { 'x-request-id': 'rq_00000000000000aa' } });
    expect(headers['x-request-id']).toBe('rq_00000000000000aa');
    expect(served.log.find(({ message }) => message === 'request')).toMatchObject({
      request_id: 'rq_00000000000000aa',
      route: 'GET /api/session',
      status: 200,
      component: 'http',
    });
  });
  test.each(['', 'rq_XYZ', 'rq_00000000000000aaa', 'x'.repeat(200)])('%j is replaced', async (asked) => {
    const { headers } = await served.ask('/api/session', { headers: { 'x-request-id': asked } });
    expect(headers['x-request-id']).toMatch(/^rq_[0-9a-f]{16}$/);
    expect(headers['x-request-id']).not.toBe('rq_00000000000000aa');
  });
});

describe('the session cookie', () => {
  test('is set by a sign-in, with every attribute', async () => {
    const { headers } = await served.ask('/api/sign-in/account', post({ text: 'right' }));
    expect(headers['set-cookie']).toEqual([`__Host-Http-console=${token}; Path=/; Secure; HttpOnly; SameSite=Strict`]);
  });
  test('is not touched by a refused sign-in', async () => {
    const { status, headers } = await served.ask('/api/sign-in/account', post({ text: 'wrong' }));
    expect([status, headers['set-cookie'], headers['clear-site-data']]).toEqual([401, undefined, undefined]);
  });
  test('ends with the session, and the browser forgets this site', async () => {
    const { headers } = await served.ask('/api/sign-out', post({}, { as: 'viewer' }));
    expect(headers['set-cookie']).toEqual(['__Host-Http-console=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0']);
    expect(headers['clear-site-data']).toBe('"cookies", "storage"');
  });
  test('an unknown or doubled one is nobody, and never adopted', async () => {
    for (const cookie of [
      `__Host-Http-console=${'b'.repeat(43)}`,
      `__Host-Http-console=${token}; __Host-Http-console=${token}`,
      `console=${token}`,
    ]) {
      const { headers, json } = await served.ask('/api/session', { headers: { cookie } });
      expect(json()).toEqual({ signedIn: false });
      expect(headers['set-cookie']).toBeUndefined();
    }
  });
  test('a poll finds the session and does not prolong it', async () => {
    await served.ask('/api/things', { as: 'viewer', headers: { 'x-console': 'poll' } });
    expect(served.extended).toEqual([]);
    await served.ask('/api/things', { as: 'viewer', headers: { 'x-console': 'action' } });
    expect(served.extended).toHaveLength(1);
  });
  test('a store that cannot answer is 503, never a sign-out', async () => {
    const outage = () => Promise.reject(new ProblemError('store_unavailable', 'The store cannot answer'));
    const down = await startConsole({
      routes,
      services: { sessions: { find: outage, open: outage, end: outage, endAllOf: outage, count: outage } },
    });
    for (const path of ['/api/session', '/api/things']) {
      const { status, headers } = await down.ask(path, { as: 'viewer' });
      expect([status, headers['set-cookie']]).toEqual([503, undefined]);
    }
    expect((await down.ask('/', { as: 'viewer' })).status).toBe(200); // the page never depends on the session
    await down.close();
  });
});

describe('start-up', () => {
  test('fails on a route that is public without being on the list', async () => {
    const stray = endpoint('GET /api/stray', { policy: 'public', audit: 'none', request: {}, response: z.object({}) });
    await expect(startConsole({ routes: [route(stray, () => ({}))] })).rejects.toThrow('GET /api/stray is not on the anonymous list');
  });
  test('fails on a change without an audit type', async () => {
    const silent = endpoint('POST /api/silent', { policy: 'operate', audit: 'none', request: {}, response: z.object({}) });
    await expect(startConsole({ routes: [route(silent, () => ({}))] })).rejects.toThrow(
      'POST /api/silent changes something and leaves no audit row',
    );
  });
});
