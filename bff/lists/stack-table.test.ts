import { describe, expect, test } from 'vitest';
import type { WireStack } from '#bff/broker/wire.ts';
import type { TableQuery } from './list-query.ts';
import { inlineSnapshotHost } from './inline-snapshot-host.ts';
import { createStackShelf } from './stack-table.ts';
import { bytesOf, idOf } from './testing/records.ts';

const at = '2026-03-02T09:15:27.481236Z';
const aWireStack = (n: number, name = `stack-${n}`): WireStack => ({
  id: idOf(n),
  created_at: at,
  updated_at: at,
  name,
  description: null,
  generator_id: idOf(900),
});
const query = (sort: string, rest: Partial<TableQuery> = {}): TableQuery => ({
  offset: 0,
  limit: 50,
  text: null,
  filters: [],
  ...rest,
  sort: { column: sort.replace('-', ''), isDescending: sort.startsWith('-') },
});
const breathe = async () => undefined;
const shelf = () => createStackShelf(() => 'payments');

describe('a whole read', () => {
  const names = (stacks: ReturnType<typeof shelf>) =>
    stacks
      .table()
      .page(query('name'), 0)
      .rows.map(({ name }) => name);
  test('that began before a change does not undo it', async () => {
    const stacks = shelf();
    await stacks.replace([aWireStack(1), aWireStack(2)], 1, 0, breathe);
    stacks.put(aWireStack(1, 'renamed'), 3, 0);
    stacks.remove(idOf(2), 4);
    await stacks.replace([aWireStack(1), aWireStack(2)], 2, 0, breathe);
    expect(names(stacks)).toEqual(['renamed']);
  });
  test('that began after it is believed', async () => {
    const stacks = shelf();
    stacks.put(aWireStack(1, 'renamed'), 3, 0);
    stacks.remove(idOf(2), 4);
    await stacks.replace([aWireStack(1), aWireStack(2)], 5, 0, breathe);
    expect(names(stacks)).toEqual(['stack-1', 'stack-2']);
  });
  test('is not overwritten by a single one that began before it', async () => {
    const stacks = shelf();
    await stacks.replace([aWireStack(1, 'newer')], 5, 0, breathe);
    expect(stacks.put(aWireStack(1, 'older'), 4, 0)).toMatchObject({ line: { name: 'older' }, difference: null });
    expect(names(stacks)).toEqual(['newer']);
  });
});

test('what the index learns while a whole read is taken over orders and counts at once', async () => {
  const stacks = shelf();
  await stacks.replace([aWireStack(1), aWireStack(2)], 1, 0, breathe);
  stacks.know(
    1,
    [1, 2].map((n) => ({ id: idOf(n), reached: n, labels: [] })),
  );
  stacks.table().page(query('reached'), 0); // somebody looks at this order
  const learn = async () =>
    void stacks.know(
      2,
      [1, 2].map((n) => ({ id: idOf(n), reached: 9 - n, labels: ['edge'] })),
    );
  let breaths = 0;
  await stacks.replace([aWireStack(1), aWireStack(2)], 2, 0, async () => {
    breaths += 1;
    if (breaths > 1) await learn(); // the order is made by then
  });
  expect(stacks.know(2, undefined)).toBe(true);
  expect(stacks.table().page(query('reached'), 0)).toMatchObject({
    rows: [{ id: idOf(2) }, { id: idOf(1) }],
    facets: { label: [{ value: 'edge', count: 2 }] },
  });
});
test('what the index knows orders, filters and counts, and is asked for again when it has changed', async () => {
  const stacks = shelf();
  await stacks.replace([aWireStack(1), aWireStack(2), aWireStack(3)], 1, 0, breathe);
  expect(stacks.know(7, undefined)).toBe(false);
  expect(
    stacks.know(7, [
      { id: idOf(1), reached: 5, labels: ['eu', 'gold'] },
      { id: idOf(3), reached: 90, labels: ['eu'] },
    ]),
  ).toBe(true);
  expect([stacks.know(7, undefined), stacks.know(8, undefined)]).toEqual([true, false]);
  const names = (asked: TableQuery) =>
    stacks
      .table()
      .page(asked, 0)
      .rows.map(({ name }) => name);
  expect(names(query('-reached'))).toEqual(['stack-3', 'stack-1', 'stack-2']);
  expect(names(query('name', { filters: [{ field: 'label', values: ['gold', 'none'], negated: false }] }))).toEqual(['stack-1']);
  expect(names(query('name', { filters: [{ field: 'label', values: ['eu'], negated: true }] }))).toEqual(['stack-2']);
  expect(stacks.table().page(query('name'), 0).facets['label']).toEqual([
    { value: 'eu', count: 2 },
    { value: 'gold', count: 1 },
  ]);
  stacks.know(8, [{ id: idOf(2), reached: 1, labels: [] }]);
  expect(names(query('-reached'))).toEqual(['stack-2', 'stack-1', 'stack-3']);
});

describe('revisions', () => {
  const owner = 'service';
  const list = `revisions/${idOf(1)}` as const;
  const aRevision = (n: number) => ({
    id: idOf(n),
    sequence_id: n,
    stack_id: idOf(1),
    submitted_at: at,
    is_deletion_marker: false,
    yaml_checksum: 'a'.repeat(64),
    yaml_content: `text-${n} },{"x":1} ü\n`,
  });
  const load = (host: ReturnType<typeof inlineSnapshotHost>, tick: number, sequences: number[]) =>
    host.ask('load', { owner, list, bytes: bytesOf(sequences.map(aRevision)), tick, arrivedMs: 0 });
  const rows = async (host: ReturnType<typeof inlineSnapshotHost>) =>
    (await host.ask('page', { owner, list, query: query('-sequence'), nowMs: 0 }))?.rows;
  test('are kept without their texts, which are only measured', async () => {
    const host = inlineSnapshotHost();
    expect(await load(host, 1, [1, 2])).toMatchObject({ ok: true, rows: 2 });
    expect(await rows(host)).toMatchObject([
      { sequence: 2, bytes: 20 },
      { sequence: 1, bytes: 20 },
    ]);
    expect(JSON.stringify(await rows(host))).not.toContain('text-');
  });
  test('of a read that began earlier do not replace those of a later one', async () => {
    const host = inlineSnapshotHost();
    await load(host, 2, [1, 2]);
    await load(host, 1, [1]);
    expect(await rows(host)).toHaveLength(2);
    await load(host, 3, [1, 2, 3]);
    expect(await rows(host)).toHaveLength(3);
  });
  test.each([
    ['a sequence that is no number', { sequence_id: '7' }],
    ['no text', { yaml_content: null }],
    ['a checksum that is none', { yaml_checksum: '<b>' }],
  ])('with %s are no answer', async (_what, wrong) => {
    const host = inlineSnapshotHost();
    expect(await host.ask('load', { owner, list, bytes: bytesOf([{ ...aRevision(1), ...wrong }]), tick: 1, arrivedMs: 0 })).toMatchObject({
      ok: false,
    });
    expect(await rows(host)).toBeUndefined();
  });
});

describe('what was changed elsewhere', () => {
  const facts = (name: string) => ({ name, description: null, generatorId: idOf(900), generatorName: 'payments' });
  test('is what the list last showed differently, or shows no more', async () => {
    const stacks = shelf();
    expect(await stacks.replace([aWireStack(1), aWireStack(2), aWireStack(3)], 1, 0, breathe)).toEqual([]);
    const touched = { ...aWireStack(3), updated_at: '2026-03-02T09:16:00Z' };
    expect(await stacks.replace([aWireStack(1, 'renamed'), touched], 2, 0, breathe)).toEqual([
      { of: 'stack', id: idOf(1), name: 'renamed', before: facts('stack-1'), after: facts('renamed') },
      { of: 'stack', id: idOf(2), name: 'stack-2', before: facts('stack-2'), after: null },
    ]);
  });
  test('is told by single reads too, and what they put in is no difference to the next whole one', async () => {
    const stacks = shelf();
    await stacks.replace([aWireStack(1), aWireStack(2)], 1, 0, breathe);
    expect(stacks.put(aWireStack(1, 'renamed'), 2, 0).difference).toMatchObject({ after: { name: 'renamed' } });
    expect(stacks.remove(idOf(2), 3)).toMatchObject({ before: { name: 'stack-2' }, after: null });
    expect(stacks.remove(idOf(2), 4)).toBeNull();
    expect(await stacks.replace([aWireStack(1, 'renamed')], 5, 0, breathe)).toEqual([]);
  });
  test('is not a thousand facts when the list comes back as another one', async () => {
    const stacks = shelf();
    await stacks.replace(
      Array.from({ length: 1_000 }, (_, n) => aWireStack(n)),
      1,
      0,
      breathe,
    );
    expect(await stacks.replace([], 2, 0, breathe)).toHaveLength(50);
  });
});
