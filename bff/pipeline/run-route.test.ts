import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { endpoint, IfMatch, reason } from '#contract/endpoint.ts';
import { uuid } from '#contract/fields.ts';
import { ProblemError, type ProblemExtras } from '#contract/problem.ts';
import { aChange, aRequest, callerOf, runner, testServices } from '#bff/testing/services.ts';
import { uuidOf } from '#bff/testing/world.ts';
import { route, type Context } from './route.ts';

const params = z.object({ agentId: uuid });
const Thing = z.object({ name: z.string() });
const readThing = endpoint('GET /api/agents/:agentId', { policy: 'read', audit: 'none', request: { params }, response: Thing });
const renameThing = endpoint('PATCH /api/agents/:agentId', {
  policy: 'operate',
  audit: 'agent.renamed',
  request: { params, headers: IfMatch, body: z.strictObject({ name: z.string().check(z.maxLength(10)) }) },
  response: Thing,
});
const deleteThing = endpoint('DELETE /api/agents/:agentId', {
  policy: 'administer',
  audit: 'agent.deleted',
  request: { params, body: z.strictObject({ reason }) },
  response: Thing,
});
const queryThings = endpoint('GET /api/audit', {
  policy: 'administer',
  audit: 'audit.queried',
  request: { query: z.strictObject({ q: z.optional(z.string()) }) },
  response: Thing,
});
const signIn = endpoint('POST /api/sign-in/account', {
  policy: 'public',
  audit: 'auth.login.success',
  request: { body: z.strictObject({}) },
  response: Thing,
});

const id = uuidOf(1);
const rename = (n: number, name: unknown = 'new') =>
  aChange(n, { params: { agentId: id }, headers: { 'if-match': '"v1"' }, body: { name } });
const [viewer, operator, admin] = [callerOf('viewer'), callerOf('operator'), callerOf('admin')];

async function setUp() {
  const world = await testServices();
  const answer = vi.fn(async (_request: unknown, _context: Context): Promise<{ name: string }> => ({ name: 'new' }));
  return { ...world, answer, run: runner(world.services) };
}

describe('the order of refusals', () => {
  test('without a person 401 before anything else, and no row', async () => {
    const { run, answer, audit } = await setUp();
    await expect(run(route(renameThing, answer), aRequest({ body: 'nonsense' }), null)).rejects.toMatchObject({ code: 'sign_in_required' });
    expect(await audit()).toEqual([]);
  });

  test('without the role 403 before the request is parsed, with a row that names the person', async () => {
    const { run, answer, audit } = await setUp();
    await expect(run(route(renameThing, answer), aRequest({ body: 'nonsense' }), viewer)).rejects.toMatchObject({
      problem: { code: 'role_required', status: 403, needs: 'operator' },
    });
    expect(await audit()).toMatchObject([
      {
        type: 'authz.access.denied',
        outcome: 'denied',
        code: 'role_required',
        person: { name: 'viewer' },
        requestId: 'rq_00000000000000aa',
      },
    ]);
    expect(answer).not.toHaveBeenCalled();
  });

  test('a request that does not parse names each field, before its scope is looked at', async () => {
    const { run, answer } = await setUp();
    const scope = vi.fn(async () => undefined);
    const raw = { ...rename(1), params: { agentId: 'x' }, body: { name: 'far too long a name', other: 1 } };
    await expect(run(route(renameThing, answer, scope), raw, operator)).rejects.toMatchObject({
      problem: {
        code: 'invalid_request',
        errors: expect.arrayContaining([
          expect.objectContaining({ path: 'agentId' }),
          expect.objectContaining({ path: 'name', code: 'too_big' }),
          expect.objectContaining({ path: 'other', code: 'unknown_field' }),
        ]),
      },
    });
    expect(scope).not.toHaveBeenCalled();
  });

  test('what is out of scope is refused before a change counts as begun', async () => {
    const { run, answer, audit } = await setUp();
    const scope = () => Promise.reject(new ProblemError('not_found', 'x'));
    await expect(run(route(renameThing, answer, scope), rename(1), operator)).rejects.toMatchObject({ code: 'not_found' });
    expect(await audit()).toMatchObject([{ type: 'authz.access.denied', code: 'not_found' }]);
    expect(answer).not.toHaveBeenCalled();
  });

  test.each([
    ['If-Plan', { 'if-plan': 'x' }, 'plan_not_supported'],
    ['no Idempotency-Key', { 'idempotency-key': '' }, 'idempotency_key_missing'],
    ['an Idempotency-Key that is no UUID', { 'idempotency-key': 'x' }, 'idempotency_key_missing'],
    ['an If-Match that is no entity tag', { 'if-match': '*' }, 'invalid_request'],
  ])('%s is refused', async (_what, headers, code) => {
    const { run, answer } = await setUp();
    const raw = rename(1);
    await expect(run(route(renameThing, answer), { ...raw, headers: { ...raw.headers, ...headers } }, operator)).rejects.toMatchObject({
      code,
    });
  });

  test('a missing If-Match is 428', async () => {
    const { run, answer } = await setUp();
    await expect(
      run(route(renameThing, answer), aChange(1, { params: { agentId: id }, body: { name: 'x' } }), operator),
    ).rejects.toMatchObject({ problem: { code: 'precondition_required', status: 428 } });
  });
});

describe('what no schema says', () => {
  const anything = endpoint('POST /api/agents', { policy: 'operate', audit: 'agent.created', request: { body: z.any() }, response: Thing });
  const nested = (depth: number): unknown => (depth === 0 ? 'x' : { a: nested(depth - 1) });
  test.each<[string, unknown, string]>([
    ['33 levels', nested(33), 'too_deep'],
    ['1,001 items', { list: Array.from({ length: 1_001 }, () => 1) }, 'too_big'],
    ['a string beyond 256 KiB', { text: 'ä'.repeat(131_073) }, 'too_big'],
    ['__proto__', JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}'), 'unknown_field'],
    ['constructor', { constructor: 1 }, 'unknown_field'],
  ])('%s is refused before an audit row or a call', async (_what, body, code) => {
    const { run, answer, audit } = await setUp();
    await expect(run(route(anything, answer), aChange(1, { body }), operator)).rejects.toMatchObject({
      problem: { status: 400, errors: [{ code }] },
    });
    expect(answer).not.toHaveBeenCalled();
    expect(await audit()).toEqual([]);
  });
  test('32 levels, 1,000 items and 256 KiB pass', async () => {
    const { run, answer } = await setUp();
    for (const [n, body] of [nested(32), { list: Array.from({ length: 1_000 }, () => 1) }, { text: 'ä'.repeat(131_072) }].entries())
      await run(route(anything, answer), aChange(n, { body }), operator);
    expect(answer).toHaveBeenCalledTimes(3);
  });
  test('a query or a body where none is declared is refused', async () => {
    const { run, answer } = await setUp();
    await expect(run(route(readThing, answer), aRequest({ params: { agentId: id }, query: { x: '1' } }), viewer)).rejects.toMatchObject({
      problem: { errors: [{ path: 'x', code: 'unknown_field' }] },
    });
    await expect(run(route(readThing, answer), aRequest({ params: { agentId: id }, body: {} }), viewer)).rejects.toMatchObject({
      problem: { errors: [{ path: 'body' }] },
    });
  });
});

describe('answers', () => {
  test('only what the contract names leaves', async () => {
    const { run } = await setUp();
    const leaking = route(readThing, () => ({ name: 'edge', pakHash: 'secret' }) as { name: string });
    expect(await run(leaking, aRequest({ params: { agentId: id } }), viewer)).toEqual({ name: 'edge' });
  });

  test('a read whose answer does not fit is our fault', async () => {
    const { run } = await setUp();
    const wrong = route(readThing, () => ({}) as { name: string });
    await expect(run(wrong, aRequest({ params: { agentId: id } }), viewer)).rejects.toThrow(/does not fit/);
  });

  test('a change whose answer does not fit may have happened: unknown', async () => {
    const { run, audit } = await setUp();
    const wrong = route(renameThing, () => ({}) as { name: string });
    await expect(run(wrong, rename(1), operator)).rejects.toMatchObject({ problem: { code: 'outcome_unknown', status: 504 } });
    expect(await audit()).toMatchObject([{ outcome: 'unknown', code: 'outcome_unknown' }]);
  });
});

describe('changes', () => {
  test('the intent is there before the change runs, and the outcome before its answer', async () => {
    const { run, audit } = await setUp();
    const during: unknown[] = [];
    const renaming = route(renameThing, async (_request, { observe }) => {
      during.push(...(await audit()));
      observe({ resource: { kind: 'agent', id, name: 'new' }, before: { name: 'old' }, after: { name: 'new' }, upstreamStatus: 200 });
      return { name: 'new' };
    });
    expect(await run(renaming, rename(1), operator)).toEqual({ name: 'new' });
    expect(during).toMatchObject([
      { type: 'agent.renamed', outcome: 'pending', person: { name: 'operator' }, resource: { kind: 'agent', id } },
    ]);
    expect(await audit()).toMatchObject([{ outcome: 'success', resource: { name: 'new' } }]);
  });

  test('a reason travels from the body to the row', async () => {
    const { run, answer, audit } = await setUp();
    await run(route(deleteThing, answer), aChange(1, { params: { agentId: id }, body: { reason: 'moved away' } }), admin);
    expect(await audit()).toMatchObject([{ type: 'agent.deleted', reason: 'moved away' }]);
  });

  test.each([
    ['conflict', 'failure'],
    ['broker_unreachable', 'failure'],
    ['broker_timeout', 'failure'],
    ['broker_answer_invalid', 'failure'],
    ['broker_answer_invalid', 'unknown', { outcome: 'unknown' }],
    ['outcome_unknown', 'unknown'],
  ] as const)('%s ends it as %s', async (code, outcome, extras: ProblemExtras = {}) => {
    const { run, audit } = await setUp();
    const refused = route(renameThing, () => Promise.reject(new ProblemError(code, 'x', extras)));
    await expect(run(refused, rename(1), operator)).rejects.toMatchObject({ code });
    expect(await audit()).toMatchObject([{ outcome, code }]);
  });

  test('what the broker took is not told as a refusal, whatever failed after it', async () => {
    const { run, audit } = await setUp();
    const taken = route(renameThing, (_request, { observe }) => {
      observe({ upstreamStatus: 200 });
      return Promise.reject(new ProblemError('broker_unreachable', 'the re-read failed'));
    });
    await expect(run(taken, rename(1), operator)).rejects.toMatchObject({ problem: { code: 'outcome_unknown', status: 504 } });
    expect(await audit()).toMatchObject([{ outcome: 'unknown' }]);
  });

  test('without its first row a change does not run; without its second it does not answer', async () => {
    const { services, answer, run } = await setUp();
    const broken = (part: 'begin' | 'end', code: 'audit_unavailable' | 'audit_outcome_unrecorded') =>
      Object.assign(services, { audit: { ...services.audit, [part]: () => Promise.reject(new ProblemError(code, 'x')) } });
    const { audit } = services;
    broken('begin', 'audit_unavailable');
    await expect(run(route(renameThing, answer), rename(1), operator)).rejects.toMatchObject({ problem: { status: 503 } });
    expect(answer).not.toHaveBeenCalled();
    services.audit = audit;
    broken('end', 'audit_outcome_unrecorded');
    await expect(run(route(renameThing, answer), rename(2), operator)).rejects.toMatchObject({ problem: { status: 500 } });
    expect(answer).toHaveBeenCalledTimes(1);
  });

  test('a closed tab does not stop a change that has begun; a read ends with it', async () => {
    const { run } = await setUp();
    const tab = new AbortController();
    const signals: AbortSignal[] = [];
    const keep = async (_request: unknown, { signal }: Context) => {
      signals.push(signal);
      tab.abort();
      return { name: 'x' };
    };
    await run(route(renameThing, keep), rename(1), operator, { signal: tab.signal });
    await run(route(readThing, keep), aRequest({ params: { agentId: id } }), operator, { signal: tab.signal });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  });
});

describe('facts', () => {
  test('a query is recorded by what was asked, and answered even while it cannot be recorded', async () => {
    const { services, run, audit, lines } = await setUp();
    const asking = route(queryThings, ({ query }, { observe }) => {
      observe({ after: query });
      return { name: 'x' };
    });
    await run(asking, aRequest({ query: { q: 'edge' } }), admin);
    expect(await audit()).toMatchObject([{ type: 'audit.queried', outcome: 'success', count: 1 }]);
    services.audit = { ...services.audit, record: () => Promise.reject(new ProblemError('audit_unavailable', 'x')) };
    expect(await run(asking, aRequest({ query: { q: 'other' } }), admin)).toEqual({ name: 'x' });
    expect(lines).toMatchObject([{ level: 'error' }]);
  });

  test('a failed sign-in is recorded as one, a limited one as limited, and a success counts only with its row', async () => {
    const { services, run, answer, audit } = await setUp();
    const entering = route(signIn, answer);
    answer.mockRejectedValueOnce(new ProblemError('sign_in_failed', 'x'));
    await expect(run(entering, aRequest({ body: {} }), null)).rejects.toMatchObject({ code: 'sign_in_failed' });
    answer.mockRejectedValueOnce(new ProblemError('rate_limited', 'x'));
    await expect(run(entering, aRequest({ body: {} }), null)).rejects.toMatchObject({ code: 'rate_limited' });
    await run(entering, aRequest({ body: {} }), null);
    expect((await audit()).map(({ type, outcome }) => [type, outcome])).toEqual([
      ['auth.login.failure', 'failure'],
      ['limits.rate_limited', 'failure'],
      ['auth.login.success', 'success'],
    ]);
    services.audit = { ...services.audit, record: () => Promise.reject(new ProblemError('audit_unavailable', 'x')) };
    await expect(run(entering, aRequest({ body: {} }), null)).rejects.toMatchObject({ problem: { status: 503 } });
  });

  test('a denial stands even while it cannot be recorded', async () => {
    const { services, run, answer, lines } = await setUp();
    services.audit = { ...services.audit, record: () => Promise.reject(new ProblemError('audit_unavailable', 'x')) };
    await expect(run(route(renameThing, answer), rename(1), viewer)).rejects.toMatchObject({ code: 'role_required' });
    expect(lines).toMatchObject([{ level: 'error', code: 'role_required' }]);
  });
});
