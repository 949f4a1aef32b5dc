import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pageHeaders, post, startConsole, type Ask, type TestConsole } from './testing/start-console.ts';
import { done, forget, routes } from './testing/some-routes.ts';

let served: TestConsole;
beforeAll(async () => (served = await startConsole({ routes })));
afterAll(() => served.close());
beforeEach(() => forget(served));

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
