import { describe, expect, test, vi } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { aChange, aRequest } from '#bff/testing/services.ts';
import { route } from './route.ts';
import { readThing, renameThing, queryThings, signIn, id, rename, setUp, viewer, operator, admin } from './testing/things.ts';

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
