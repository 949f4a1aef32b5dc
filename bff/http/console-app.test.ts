import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { route } from '#bff/pipeline/route.ts';
import { endpoint } from '#contract/endpoint.ts';
import * as z from 'zod/mini';
import { post, startConsole, type TestConsole } from './testing/start-console.ts';
import { forget, routes } from './testing/some-routes.ts';

let served: TestConsole;
beforeAll(async () => (served = await startConsole({ routes })));
afterAll(() => served.close());
beforeEach(() => forget(served));

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
