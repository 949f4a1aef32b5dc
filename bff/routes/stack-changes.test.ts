import { afterEach, describe, expect, test } from 'vitest';
import { listRevisions } from '#contract/revisions.ts';
import { createStack, deleteStack, editStack, listStackHistory, listStacks } from '#contract/stacks.ts';
import type { StackRow } from '#contract/stacks.ts';
import { aGenerator, aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole, unknownId } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(() => it.stop());
const start = async (options: Parameters<typeof startTestConsole>[0] = {}) =>
  (it = await startTestConsole({ scenario: 'empty', ...options }));
const list = (query: Record<string, string | string[]> = {}) => it.call(listStacks, { query });
const names = async (query: Record<string, string | string[]> = {}) => (await list(query)).rows.map(({ name }) => name);
const row = async (name: string): Promise<StackRow> => {
  const found = (await list({ q: name })).rows.find((stack) => stack.name === name);
  if (!found) throw new Error(`no ${name} in the list`);
  return found;
};

describe('creating', () => {
  test('puts the stack into the list at once and records whose it is', async () => {
    await start();
    const [generator] = it.simulator.seed({ generators: [aGenerator({ name: 'payments' })] }).generators;
    await list();
    const created = await it.call(createStack, { body: { name: 'ledger', description: 'EU', generatorId: generator?.id }, as: 'operator' });
    expect(created).toMatchObject({ name: 'ledger', description: 'EU', generatorName: 'payments' });
    expect(await row('ledger')).toEqual(created);
    expect(it.upstream()).toMatchObject({ 'POST /api/v1/stacks': 1, 'GET /api/v1/stacks': 1 });
    expect(await it.newestRow()).toMatchObject({
      type: 'stack.created',
      outcome: 'success',
      resource: { kind: 'stack', id: created.id, name: 'ledger' },
      after: { name: 'ledger', generatorName: 'payments' },
    });
  });
  test('says beside the field that the name is taken, by whichever tenant', async () => {
    await start();
    const seeded = it.simulator.seed({
      generators: [aGenerator({ name: 'payments' })],
      stacks: [aStack({ name: 'ledger', generator: 'platform' })],
    });
    const refused = await problemOf(it.call(createStack, { body: { name: 'ledger', generatorId: seeded.generators[0]?.id } }));
    expect(refused).toMatchObject({
      code: 'conflict',
      upstream: { constraint: 'unique_stack_name' },
      errors: [{ path: 'name', code: 'taken' }],
    });
  });
  test('refuses the system generator and an unknown one before the broker is asked to', async () => {
    await start();
    for (const [generatorId, code] of [
      [await it.systemGeneratorId(), 'system_generator'],
      [unknownId, 'unknown'],
    ]) {
      expect(await problemOf(it.call(createStack, { body: { name: 'ledger', generatorId } }))).toMatchObject({
        code: 'invalid_request',
        errors: [{ path: 'generatorId', code }],
      });
    }
    expect(it.upstream()['POST /api/v1/stacks']).toBeUndefined();
  });
});

describe('editing', () => {
  const seeded = async () => {
    await start();
    it.simulator.seed({ stacks: [aStack({ name: 'ledger', description: 'EU' })] });
    return row('ledger');
  };
  const edit = ({ id, etag }: StackRow, body: object) => it.call(editStack, { params: { stackId: id }, etag, body });
  function spyOnChanges(): () => unknown[] {
    const changes: unknown[] = [];
    it.send.instead = (request) => {
      if (request.method !== 'GET') changes.push(request.body && JSON.parse(new TextDecoder().decode(request.body)));
      return it.through(request);
    };
    return () => changes;
  }
  test('sends the whole stack back as it was but for what differs, and shows it everywhere at once', async () => {
    const before = await seeded();
    const sent = spyOnChanges();
    const after = await edit(before, { name: 'ledger-eu' });
    expect(sent()).toEqual([
      {
        id: before.id,
        created_at: before.createdAt,
        updated_at: before.updatedAt,
        generator_id: before.generatorId,
        name: 'ledger-eu',
        description: 'EU',
      },
    ]);
    expect(after).toMatchObject({ id: before.id, name: 'ledger-eu', description: 'EU', createdAt: before.createdAt });
    expect(after.etag).not.toBe(before.etag);
    expect(await row('ledger-eu')).toEqual(after);
    expect(await it.newestRow()).toMatchObject({ type: 'stack.updated', before: { name: 'ledger' }, after: { name: 'ledger-eu' } });
  });
  test('nobody else’s change is undone by it: what meanwhile changed outside is kept', async () => {
    const before = await seeded();
    const [other] = it.simulator.seed({ generators: [aGenerator({ name: 'other' })] }).generators;
    await it.outside('PUT', `/stacks/${before.id}`, {
      json: {
        id: before.id,
        created_at: before.createdAt,
        updated_at: before.updatedAt,
        name: 'ledger',
        generator_id: other?.id,
      },
    });
    expect(await edit(before, { name: 'ledger-eu' })).toMatchObject({ name: 'ledger-eu', generatorId: other?.id });
  });
  test.each([{ generatorId: unknownId }, { deleted_at: '2026-01-01T00:00:00Z' }, { generator_id: unknownId }, { is_system: true }])(
    '%j is no part of it',
    async (stranger) => {
      const before = await seeded();
      expect(await problemOf(edit(before, { name: 'x', ...stranger }))).toMatchObject({
        code: 'invalid_request',
        errors: [{ code: 'unknown_field' }],
      });
      expect(it.upstream()).toEqual({ 'GET /api/v1/stacks': 1, 'GET /api/v1/generators': 1 });
    },
  );
  test.each(['a\u0000b', 'a\ud800b'])('a description that the broker could not keep, %j, is never sent to it', async (description) => {
    const before = await seeded();
    const sent = spyOnChanges();
    expect(await problemOf(edit(before, { description }))).toMatchObject({ code: 'invalid_request', errors: [{ path: 'description' }] });
    expect(sent()).toEqual([]);
  });
  test('a description is blanked by the empty text', async () => {
    const before = await seeded();
    expect((await edit(before, { description: '' })).description).toBe('');
  });
  test('what is already so is not sent', async () => {
    const before = await seeded();
    const sent = spyOnChanges();
    expect(await edit(before, { name: 'ledger', description: 'EU' })).toEqual(before);
    expect(sent()).toEqual([]);
  });
  test('is refused with the stack as it is now when somebody was faster, and asked for without a version', async () => {
    const before = await seeded();
    await edit(before, { name: 'first' });
    expect(await problemOf(edit(before, { name: 'second' }))).toMatchObject({
      code: 'changed_meanwhile',
      status: 412,
      current: { id: before.id, name: 'first' },
    });
    expect(await problemOf(it.call(editStack, { params: { stackId: before.id }, body: { name: 'x' } }))).toMatchObject({ status: 428 });
    expect(it.upstream()['PUT /api/v1/stacks/{id}']).toBe(1);
  });
  test('of twenty writers with the same tag one succeeds', async () => {
    const before = await seeded();
    const ended = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => edit(before, { name: `ledger-${n}` })));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(it.upstream()['PUT /api/v1/stacks/{id}']).toBe(1);
  });
});

describe('deleting', () => {
  test('takes a reason, leaves every list at once, even one that was being read, and is in the history', async () => {
    await start();
    it.simulator.seed({ stacks: [aStack({ name: 'ledger', description: 'EU' }), aStack({ name: 'billing' })] });
    const { id } = await row('ledger');
    await it.call(listRevisions, { params: { stackId: id } });
    it.simulator.faults.set({ match: 'GET /api/v1/stacks', delayMs: 300, times: 1 });
    await it.clock.advance(5_050); // the next whole read is under way, with the stack in it
    const slow = list();
    expect(await it.call(deleteStack, { params: { stackId: id }, body: { reason: 'moved away' }, as: 'operator' })).toEqual({ done: true });
    await it.clock.advance(400);
    expect((await slow).rows.map(({ name }) => name)).toEqual(['billing']);
    expect(await names()).toEqual(['billing']);
    expect(await problemOf(it.call(listRevisions, { params: { stackId: id } }))).toMatchObject({ code: 'not_found' });
    expect(await it.newestRow()).toMatchObject({
      type: 'stack.deleted',
      reason: 'moved away',
      resource: { name: 'ledger' },
      before: { name: 'ledger', description: 'EU' },
    });
    expect((await it.call(listStackHistory, { params: { stackId: id } })).rows).toMatchObject([{ type: 'stack.deleted' }]);
  });
  test('of an unknown stack sends nothing', async () => {
    await start();
    expect(await problemOf(it.call(deleteStack, { params: { stackId: unknownId }, body: { reason: 'moved away' } }))).toMatchObject({
      code: 'not_found',
    });
    expect(it.upstream()).toEqual({ 'GET /api/v1/stacks/{id}': 1 });
  });
  test('whose answer is lost has an unknown outcome and is not sent again', async () => {
    await start();
    it.simulator.seed({ stacks: [aStack({ name: 'ledger' })] });
    const { id } = await row('ledger');
    it.simulator.faults.set({ match: 'DELETE /api/v1/stacks/{id}', outcome: 'reset_after' });
    expect(await problemOf(it.call(deleteStack, { params: { stackId: id }, body: { reason: 'moved away' } }))).toMatchObject({
      code: 'outcome_unknown',
    });
    expect(it.upstream()['DELETE /api/v1/stacks/{id}']).toBe(1);
    expect(await it.newestRow()).toMatchObject({ outcome: 'unknown' });
  });
});
