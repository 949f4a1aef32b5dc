import { describe, expect, test } from 'vitest';
import { ProblemError, type ProblemExtras } from '#contract/problem.ts';
import { aChange, aRequest } from '#bff/testing/services.ts';
import { route, type Context } from './route.ts';
import { readThing, renameThing, deleteThing, id, rename, setUp, operator, admin } from './testing/things.ts';

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
