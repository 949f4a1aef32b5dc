import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { post, startConsole, type TestConsole } from './testing/start-console.ts';
import { forget, routes, token } from './testing/some-routes.ts';

let served: TestConsole;
beforeAll(async () => (served = await startConsole({ routes })));
afterAll(() => served.close());
beforeEach(() => forget(served));

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
