import { route } from '#bff/pipeline/route.ts';
import { endpoint } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import * as z from 'zod/mini';
import { type TestConsole } from './start-console.ts';

/** What changes did. */
export const done: unknown[] = [];
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
/** What a sign-in hands out. */
export const token = 'a'.repeat(43);

/** One route of each kind: public, a sign-in, a sign-out, a read, a large save, a change, one that breaks. */
export const routes = [
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
/** Before each test: nothing was done, recorded, logged or prolonged. */
export function forget(served: TestConsole): void {
  for (const list of [done, served.audit, served.log, served.extended]) list.length = 0;
}
