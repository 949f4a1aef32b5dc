import { afterEach, describe, expect, test } from 'vitest';
import { noReach } from '#bff/lists/reach.ts';
import type { Reach } from '#bff/lists/reach.ts';
import { SendFailure } from '#contract/ports.ts';
import { submitRevision } from '#contract/revisions.ts';
import { addStackLabel, readStackLabels } from '#contract/stack-tags.ts';
import { listStackFacts, listStacks, reachStates, readStack } from '#contract/stacks.ts';
import type { RollUp, StackRow } from '#contract/stacks.ts';
import { aConfigMap, aGenerator, aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole } from './testing/console.ts';
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
