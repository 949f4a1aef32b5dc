import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { endpoint } from '#contract/endpoint.ts';
import { uuid } from '#contract/fields.ts';
import { ProblemError } from '#contract/problem.ts';
import { aChange, callerOf, runner, testServices } from '#bff/testing/services.ts';
import { bothForms, type OpenedRows } from '#bff/testing/stores.ts';
import { longTimeout, sized } from '#bff/testing/sizes.ts';
import { uuidOf } from '#bff/testing/world.ts';
import { createChanges } from './changes.ts';
import { route, type Context } from './route.ts';

const create = endpoint('POST /api/agents', {
  policy: 'administer',
  audit: 'agent.created',
  request: { body: z.strictObject({ name: z.string(), labels: z.optional(z.array(z.string())) }) },
  response: z.object({ n: z.int() }),
});
const issue = endpoint('POST /api/agents/:agentId/rotate-pak', {
  policy: 'administer',
  audit: 'agent.pak_rotated',
  request: { params: z.object({ agentId: uuid }), body: z.strictObject({}) },
  response: z.object({ pak: z.string() }),
  secret: true,
});
const ada = callerOf('admin', 'ada');
const body = { name: 'edge', labels: ['a'] };

describe.each(bothForms)('repeats $form', ({ open }) => {
  let opened: OpenedRows;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  const setUp = async () => {
    const world = await testServices({}, opened.rows);
    let n = 0;
    const effect = vi.fn(async (_request: unknown, _context: Context) => ({ n: (n += 1) }));
    return { ...world, effect, creating: route(create, effect), run: runner(world.services) };
  };

  test('a repeat gets the first answer and has no effect of its own', async () => {
    const { run, creating, effect, audit } = await setUp();
    expect(await run(creating, aChange(1, { body }), ada)).toEqual({ n: 1 });
    expect(await run(creating, aChange(1, { body: { labels: ['a'], name: 'edge' } }), ada)).toEqual({ n: 1 });
    expect(effect).toHaveBeenCalledTimes(1);
    expect(await audit()).toHaveLength(1);
    expect(await run(creating, aChange(2, { body }), ada)).toEqual({ n: 2 });
  });

  test('a repeat is remembered over a restart, per person, and for one request only', async () => {
    const before = await setUp();
    await before.run(before.creating, aChange(1, { body }), ada);
    const { run, creating, effect } = await setUp();
    expect(await run(creating, aChange(1, { body }), ada)).toEqual({ n: 1 });
    await expect(run(creating, aChange(1, { body: { ...body, name: 'other' } }), ada)).rejects.toMatchObject({
      problem: { code: 'idempotency_key_reused', status: 409 },
    });
    expect(effect).not.toHaveBeenCalled();
    await run(creating, aChange(1, { body }), callerOf('admin', 'bob'));
    expect(effect).toHaveBeenCalledTimes(1);
  });

  test('twenty clicks at once are one change with one answer for all', async () => {
    const { run, creating, effect, audit } = await setUp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(creating, aChange(1, { body }), ada)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"n":1}']));
    expect(effect).toHaveBeenCalledTimes(1);
    expect(await audit()).toHaveLength(1);
  });
  test('twin: without keys in common the same clicks are twenty changes', async () => {
    const { run, creating, effect } = await setUp();
    await Promise.all(Array.from({ length: 20 }, (_, n) => run(creating, aChange(n, { body }), ada)));
    expect(effect).toHaveBeenCalledTimes(20);
  });

  test('another body under a key that is still running is refused', async () => {
    const { run, effect } = await setUp();
    const hold = Promise.withResolvers<void>();
    const slow = route(create, async (request, context) => {
      await hold.promise;
      return effect(request, context);
    });
    const first = run(slow, aChange(1, { body }), ada);
    await expect(run(slow, aChange(1, { body: { name: 'x' } }), ada)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    hold.resolve();
    expect(await first).toEqual({ n: 1 });
  });

  test.each(['outcome_unknown', 'conflict'] as const)('a repeat of %s hears it again', async (code) => {
    const { run, creating, effect } = await setUp();
    effect.mockRejectedValueOnce(
      new ProblemError(code, 'x', {
        upstream: { status: 409, constraint: 'c' },
        errors: [{ path: 'name', code: 'taken', message: 'taken' }],
      }),
    );
    const repeat = () => run(creating, aChange(1, { body }), ada).catch((error: unknown) => error instanceof ProblemError && error.problem);
    const first = await repeat();
    expect(first).toMatchObject({ code, errors: [{ path: 'name' }], upstream: { constraint: 'c' } });
    expect(await repeat()).toEqual(first);
    expect(effect).toHaveBeenCalledTimes(1);
  });

  test('a key that was shown once is never stored and never shown again, also to a click at the same moment', async () => {
    const { run, rows } = await setUp();
    const pak = `brokkr_BRabcdef_${'k'.repeat(32)}`;
    const effect = vi.fn(async (_request: unknown, { observe }: Context) => {
      observe({ resource: { kind: 'agent', id: uuidOf(7), name: 'edge' }, after: { name: 'edge', pak } });
      return { pak };
    });
    const rotating = route(issue, effect);
    const click = () => run(rotating, aChange(1, { params: { agentId: uuidOf(7) }, body: {} }), ada);
    const [first, second] = await Promise.allSettled([click(), click()]);
    expect(first).toEqual({ status: 'fulfilled', value: { pak } });
    const refusal = { problem: { code: 'secret_not_repeated', status: 409, object_id: uuidOf(7) } };
    expect(second).toMatchObject({ status: 'rejected', reason: refusal });
    await expect(click()).rejects.toMatchObject(refusal);
    expect(effect).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(await rows.ledger.entries(0, 10))).not.toContain(pak);
  });
});

const races = sized(1_000, 100);
const pause = () => new Promise((resolve) => setImmediate(resolve));
describe('two writers of one object', () => {
  const rename = endpoint('PATCH /api/agents/:agentId', {
    policy: 'operate',
    audit: 'agent.renamed',
    request: { params: z.object({ agentId: uuid }), body: z.strictObject({ from: z.int() }) },
    response: z.object({ value: z.int() }),
  });
  /** A broker without entity tags: read, compare, write, each with a pause in between. */
  const raced = async (changes: Partial<Parameters<typeof testServices>[0]>) => {
    const { services } = await testServices(changes);
    const run = runner(services);
    let [value, accepted] = [0, 0];
    const renaming = route(rename, async ({ body: { from } }) => {
      const seen = value;
      await pause();
      if (seen !== from) throw new ProblemError('changed_meanwhile', 'x', { current: { value: seen } });
      await pause();
      value += 1;
      accepted += 1;
      return { value };
    });
    for (let race = 0; race < races; race += 1) {
      const write = (n: number) => run(renaming, aChange(race * 2 + n, { params: { agentId: uuidOf(1) }, body: { from: value } }), ada);
      await Promise.allSettled([write(0), write(1)]);
    }
    return { accepted, value };
  };
  test(`${races} races: one of the two wins each time, and none is lost`, { timeout: longTimeout }, async () => {
    expect(await raced({})).toEqual({ accepted: races, value: races });
  });
  test('twin: without serialisation both pass the comparison', { timeout: longTimeout }, async () => {
    const changes = createChanges();
    const { accepted } = await raced({ changes: { ...changes, inOrder: (_resource, _signal, work) => work() } });
    expect(accepted).toBeGreaterThan(races);
  });

  test('different objects do not wait for each other; whoever gives up waiting has changed nothing', async () => {
    const changes = createChanges();
    const hold = Promise.withResolvers<void>();
    const tab = new AbortController();
    const never = new AbortController().signal;
    const work = vi.fn(async () => undefined);
    const first = changes.inOrder('agent/1', never, () => hold.promise);
    const waiting = changes.inOrder('agent/1', tab.signal, work);
    await changes.inOrder('agent/2', never, async () => undefined);
    tab.abort();
    hold.resolve();
    await first;
    await expect(waiting).rejects.toThrow();
    expect(work).not.toHaveBeenCalled();
    await changes.inOrder('agent/1', never, work);
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('whoever repeats a change that was given up while it waited is not given up with it', async () => {
    const changes = createChanges();
    const hold = Promise.withResolvers<void>();
    const tab = new AbortController();
    const never = new AbortController().signal;
    const work = vi.fn(async () => 'done');
    const click = (signal: AbortSignal) => changes.once('key', 'hash', () => changes.inOrder('agent/1', signal, work));
    const before = changes.inOrder('agent/1', never, () => hold.promise);
    const clicks = [click(tab.signal), click(never), click(never)];
    tab.abort();
    hold.resolve();
    await before;
    const ended = await Promise.allSettled(clicks);
    expect(ended.map((it) => (it.status === 'fulfilled' ? it.value.value : it.status))).toEqual(['rejected', 'done', 'done']);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
