import { afterEach, describe, expect, test } from 'vitest';
import { noReach } from '#bff/lists/reach.ts';
import type { Reach } from '#bff/lists/reach.ts';
import { SendFailure } from '#contract/ports.ts';
import { listRevisions, submitRevision } from '#contract/revisions.ts';
import { addStackLabel, readStackLabels } from '#contract/stack-tags.ts';
import {
  createStack,
  deleteStack,
  editStack,
  listStackFacts,
  listStackHistory,
  listStacks,
  reachStates,
  readStack,
} from '#contract/stacks.ts';
import type { RollUp, StackRow } from '#contract/stacks.ts';
import { aConfigMap, aGenerator, aStack } from '#simulator/builders.ts';
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
const facts = (ids: readonly string[]) => it.call(listStackFacts, { query: { stacks: ids.join(',') } });
const idOf = (n: number) => `${n.toString(16).padStart(8, '0')}-35b1-4e6a-b2d9-60e1b7d4f303`;

const counts = { ...(Object.fromEntries(reachStates.map((state) => [state, 0])) as RollUp), healthy: 3 };
/** An index that knows of each stack what a test says. */
function indexOf(known: Record<string, { reached: number; labels?: string[] }>) {
  const changed: string[] = [];
  let version = 1;
  const reach: Reach = {
    ...noReach,
    version: () => version,
    stackIds: () => Object.keys(known),
    count: (id) => known[id]?.reached ?? null,
    labels: (id) => known[id]?.labels ?? null,
    rollUp: async () => ({ counts, clusters: 2 }),
    coverage: () => ({ known: 8_120, total: 10_000, oldestMs: 240_000 }),
    changed: (id) => void changed.push(id),
  };
  const learn = (id: string, facts_: { reached: number; labels?: string[] }) => {
    known[id] = facts_;
    version += 1;
  };
  return { reach, learn, changed };
}

describe('the list', () => {
  test('names generators, says how old rows are, and nothing about reach while there is no index', async () => {
    await start();
    it.simulator.seed({
      generators: [aGenerator({ name: 'payments' })],
      stacks: [aStack({ name: 'ledger', generator: 'payments', description: 'EU' }), aStack({ name: 'billing', generator: 'payments' })],
    });
    const { rows, facets } = await list();
    expect(rows).toMatchObject([
      { name: 'billing' },
      {
        name: 'ledger',
        description: 'EU',
        generatorName: 'payments',
        reached: null,
        createdAt: expect.stringMatching(/Z$/),
        etag: expect.stringMatching(/^"/),
      },
    ]);
    expect(facets['generator']).toEqual([{ value: rows[0]?.generatorId, count: 2 }]);
  });
  test('is ordered and filtered by what the index knows, also after that has changed', async () => {
    const index = indexOf({ [idOf(1)]: { reached: 5, labels: ['tier:gold', 'eu'] }, [idOf(2)]: { reached: 900, labels: ['eu'] } });
    await start({ reachOf: () => index.reach });
    it.simulator.seed({
      stacks: [aStack({ id: idOf(1), name: 'a' }), aStack({ id: idOf(2), name: 'b' }), aStack({ id: idOf(3), name: 'c' })],
    });
    expect(await list({ sort: '-reached' })).toMatchObject({
      rows: [
        { name: 'b', reached: 900 },
        { name: 'a', reached: 5 },
        { name: 'c', reached: null },
      ],
      coverage: { known: 8_120, total: 10_000 },
    });
    expect(await names({ sort: 'reached' })).toEqual(['a', 'b', 'c']);
    expect(await names({ filter: 'label:eu' })).toEqual(['a', 'b']);
    expect(await names({ filter: ['label:eu', 'label:!tier%3Agold'] })).toEqual(['b']);
    index.learn(idOf(3), { reached: 7, labels: ['eu'] });
    expect(await names({ sort: 'reached', filter: 'label:eu' })).toEqual(['a', 'c', 'b']);
    expect(it.upstream()).toEqual({ 'GET /api/v1/stacks': 1, 'GET /api/v1/generators': 1 });
  });
  test('costs the broker the same for one tab and for fifty', async () => {
    await start();
    it.simulator.seed({ stacks: Array.from({ length: 120 }, (_, n) => aStack({ name: `stack-${n}` })) });
    for (let second = 0; second < 60; second += 10) {
      await Promise.all(Array.from({ length: 50 }, (_, tab) => list({ offset: String(tab % 3), sort: '-updatedAt' })));
      await it.clock.advance(10_000);
    }
    expect(it.upstream()).toEqual({ 'GET /api/v1/stacks': 13, 'GET /api/v1/generators': 13 });
  });
  test('stays while the broker is away, and says since when', async () => {
    await start();
    it.simulator.seed({ stacks: [aStack({ name: 'ledger' })] });
    await list();
    it.send.instead = () => Promise.reject(new SendFailure('connect', false));
    await it.clock.advance(30_000);
    expect(await list()).toMatchObject({ total: 1, stale: { code: 'broker_unreachable' } });
  });
});

describe('facts of a page', () => {
  const seeded = async (count: number, options: Parameters<typeof startTestConsole>[0] = {}) => {
    await start(options);
    it.simulator.seed({
      stacks: Array.from({ length: count }, (_, n) =>
        aStack({ id: idOf(n), name: `stack-${n}`, labels: [`n:${n}`], revisions: n === 0 ? [] : [aConfigMap('a'), aConfigMap('b')] }),
      ),
    });
    return Array.from({ length: count }, (_, n) => idOf(n));
  };
  test('are labels, the newest revision without its text, and the roll-up', async () => {
    const ids = await seeded(2, { reachOf: () => indexOf({}).reach });
    const { rows } = await facts(ids);
    expect(rows).toEqual([
      { stackId: idOf(0), labels: ['n:0'], current: null, rollUp: null, ageMs: 0 },
      {
        stackId: idOf(1),
        labels: ['n:1'],
        current: expect.objectContaining({ isDeletionMarker: false, bytes: aConfigMap('b').length, ageMs: expect.any(Number) }),
        rollUp: counts,
        ageMs: 0,
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('ConfigMap');
  });
  test('cost two reads for each stack, for everybody, for a minute', async () => {
    const ids = await seeded(50);
    await Promise.all(Array.from({ length: 20 }, () => facts(ids)));
    await it.clock.advance(57_000);
    expect((await facts(ids)).rows[0]).toMatchObject({ ageMs: 57_000 });
    const once = { 'GET /api/v1/stacks/{id}/labels': 50, 'GET /api/v1/stacks/{id}/deployment-objects': 50 };
    expect(it.upstream()).toEqual(once);
    await it.clock.advance(1_000);
    await facts(ids);
    expect(it.upstream()).toEqual({ 'GET /api/v1/stacks/{id}/labels': 100, 'GET /api/v1/stacks/{id}/deployment-objects': 100 });
  });
  test('that could not be read say so beside those that could', async () => {
    const ids = await seeded(3);
    const away = [`${idOf(1)}/deployment-objects`, `${idOf(2)}/labels`];
    it.simulator.faults.set({ match: ({ path }) => away.some((one) => path.includes(one)), outcome: 'html' });
    expect((await it.clock.until(facts(ids))).rows.map(({ labels, current }) => [labels, typeof current])).toEqual([
      [['n:0'], 'object'],
      [['n:1'], 'string'],
      ['not_read', 'object'],
    ]);
  });
  test('show the console’s own change at once, and the index is told of it', async () => {
    const index = indexOf({});
    const [, id = ''] = await seeded(2, { reachOf: () => index.reach });
    await facts([id]);
    const params = { stackId: id };
    const { etag } = await it.call(readStackLabels, { params });
    await it.call(addStackLabel, { params, etag, body: { label: 'new' } });
    const { current } = await it.call(readStack, { params });
    await it.call(submitRevision, { params, etag: `"${current?.id}"`, body: { yaml: aConfigMap('c') } });
    const [shown] = (await facts([id])).rows;
    expect(shown?.labels).toContain('new');
    expect(shown?.current).not.toMatchObject({ id: current?.id });
    expect(index.changed).toEqual([id, id]);
  });
});

describe('one stack', () => {
  test('is read in two calls, shared by everybody who looks, and revisions age by the broker’s clock', async () => {
    await start({ reachOf: () => indexOf({ [idOf(1)]: { reached: 3 } }).reach });
    it.simulator.seed({
      generators: [aGenerator({ name: 'payments' })],
      stacks: [aStack({ id: idOf(1), name: 'ledger', generator: 'payments', revisions: [aConfigMap('a'), aConfigMap('b')] })],
    });
    const read = () => it.call(readStack, { params: { stackId: idOf(1) } });
    const [detail] = await Promise.all(Array.from({ length: 20 }, read));
    expect(detail).toMatchObject({
      stack: { name: 'ledger', generatorName: 'payments', reached: 3 },
      current: { isDeletionMarker: false },
      revisions: 2,
      rollUp: { healthy: 3 },
      clusters: 2,
      coverage: { known: 8_120 },
      ageMs: 0,
    });
    expect(it.upstream()).toEqual({
      'GET /api/v1/stacks/{id}': 1,
      'GET /api/v1/stacks/{id}/deployment-objects': 1,
      'GET /api/v1/generators': 1,
    });
    await it.clock.advance(3_000);
    const later = await read();
    expect(later.ageMs).toBe(3_000);
    expect((later.current?.ageMs ?? 0) - (detail?.current?.ageMs ?? 0)).toBe(3_000);
    expect(it.upstream()['GET /api/v1/stacks/{id}']).toBe(1);
  });
  test.each<[string, Reach['rollUp']]>([
    ['fails', () => Promise.reject(new Error('no'))],
    ['does not answer', () => new Promise(() => undefined)],
  ])('is told without a roll-up when the index %s', async (_what, rollUp) => {
    await start({ reachOf: () => ({ ...noReach, rollUp }) });
    it.simulator.seed({ stacks: [aStack({ id: idOf(1), name: 'ledger' })] });
    expect(await it.clock.until(it.call(readStack, { params: { stackId: idOf(1) } }))).toMatchObject({
      stack: { name: 'ledger' },
      rollUp: null,
      clusters: null,
    });
  });
  test('that the broker does not know is 404 and leaves the list', async () => {
    await start();
    it.simulator.seed({ stacks: [aStack({ name: 'ledger' })] });
    const { id } = await row('ledger');
    await it.outside('DELETE', `/stacks/${id}`);
    expect(await problemOf(it.call(readStack, { params: { stackId: id } }))).toMatchObject({
      code: 'not_found',
      upstream: { code: 'stack_not_found' },
    });
    expect((await list()).total).toBe(0);
  });
});

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
