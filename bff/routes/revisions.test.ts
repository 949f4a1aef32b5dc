import { afterEach, describe, expect, test } from 'vitest';
import { noReach } from '#bff/lists/reach.ts';
import { compareRevisions, listRevisions, previewSubmission, readRevision } from '#contract/revisions.ts';
import { reachStates } from '#contract/stacks.ts';
import type { RollUp } from '#contract/stacks.ts';
import { aConfigMap, aDeployment, aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole, unknownId } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(() => it.stop());
const stackId = '00000001-35b1-4e6a-b2d9-60e1b7d4f303';
const otherId = '00000002-35b1-4e6a-b2d9-60e1b7d4f303';
const params = { stackId };
const pak = 'brokkr_BRtester_8CqmRvXx4Hn2bTfYw7KdPs9LgZaEjU3tQ';
async function start(revisions: readonly string[] = [], options: Parameters<typeof startTestConsole>[0] = {}) {
  it = await startTestConsole({ scenario: 'empty', ...options });
  it.simulator.seed({
    stacks: [
      aStack({ id: stackId, name: 'ledger', revisions }),
      aStack({ id: otherId, name: 'billing', revisions: [aConfigMap('other')] }),
    ],
  });
}
const list = (query: Record<string, string> = {}) => it.call(listRevisions, { params, query });

describe('the list', () => {
  test('is paged, newest first, without any text, from one read however many look', async () => {
    await start(Array.from({ length: 60 }, (_, n) => aConfigMap('a', `n${n}`)));
    const [first, second] = await Promise.all([
      list({ limit: '25' }),
      list({ limit: '25', offset: '25' }),
      ...Array.from({ length: 20 }, () => list()),
    ]);
    expect([first.total, first.rows.length, second.rows.length]).toEqual([60, 25, 25]);
    const sequences = [...first.rows, ...second.rows].map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => b - a));
    expect(first.rows[0]).toEqual({
      id: expect.any(String),
      sequence: expect.any(Number),
      submittedAt: expect.any(String),
      ageMs: expect.any(Number),
      isDeletionMarker: false,
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: aConfigMap('a', 'n59').length,
    });
    expect(JSON.stringify([first, second])).not.toContain('ConfigMap');
    expect(it.upstream()).toEqual({ 'GET /api/v1/stacks/{id}/deployment-objects': 1 });
  });
  test('is not read again before ten times the broker’s own answer time', async () => {
    await start([aConfigMap('a')]);
    it.simulator.faults.set({ match: 'GET /api/v1/stacks/{id}/deployment-objects', delayMs: 2_000 });
    await it.clock.until(list());
    await it.clock.advance(15_000);
    expect((await list()).ageMs).toBeGreaterThanOrEqual(15_000);
    expect(it.upstream()).toEqual({ 'GET /api/v1/stacks/{id}/deployment-objects': 1 });
  });
  test('is read again when the thread that held it was replaced', async () => {
    await start([aConfigMap('a')]);
    const before = await list();
    await it.snapshotHost.ask('drop', { owner: 'service' });
    expect((await list()).rows).toEqual(before.rows);
    expect(it.upstream()).toEqual({ 'GET /api/v1/stacks/{id}/deployment-objects': 2 });
  });
  test('of a stack without revisions is empty, of no stack 404', async () => {
    await start();
    expect(await list()).toMatchObject({ rows: [], total: 0 });
    expect(await problemOf(it.call(listRevisions, { params: { stackId: unknownId } }))).toMatchObject({ code: 'not_found' });
  });
  test('refuses a column it does not have', async () => {
    await start();
    expect(await problemOf(list({ sort: 'yaml' }))).toMatchObject({ code: 'invalid_request', errors: [{ path: 'sort' }] });
  });
});

describe('one revision', () => {
  test('is read with its text and its objects when somebody wants it, and only once', async () => {
    await start([aConfigMap('a'), `${aConfigMap('b')}---\n${aDeployment('b', 'nginx:1')}`]);
    const [newest] = (await list()).rows;
    const read = () => it.call(readRevision, { params: { revisionId: newest?.id ?? '' } });
    const [shown] = await Promise.all([read(), read(), read()]);
    expect(shown).toMatchObject({
      revision: newest,
      stackId,
      stackName: 'ledger',
      yaml: `${aConfigMap('b')}---\n${aDeployment('b', 'nginx:1')}`,
      resources: [
        { kind: 'ConfigMap', name: 'b' },
        { kind: 'Deployment', name: 'b' },
      ],
    });
    await read();
    expect(it.upstream()['GET /api/v1/deployment-objects/{id}']).toBe(1);
    expect(await problemOf(it.call(readRevision, { params: { revisionId: unknownId } }))).toMatchObject({ code: 'not_found' });
  });
  test('is compared with any other, in two reads', async () => {
    await start([aDeployment('a', 'nginx:1'), `${aDeployment('a', 'nginx:2')}---\n${aConfigMap('b')}`]);
    const [newer, older] = (await list()).rows;
    const diff = await it.call(compareRevisions, { query: { from: older?.id ?? '', to: newer?.id ?? '' } });
    expect(diff).toMatchObject({ from: { id: older?.id }, to: { id: newer?.id }, truncated: false });
    expect(diff.resources.map(({ resource, change }) => [resource.kind, change])).toEqual([
      ['Deployment', 'changed'],
      ['ConfigMap', 'added'],
    ]);
    expect(it.upstream()['GET /api/v1/deployment-objects/{id}']).toBe(2);
  });
  test('shows no key that is in it', async () => {
    await start([`${aConfigMap('a')}  PAK: ${pak}\n`]);
    const [newest] = (await list()).rows;
    const { yaml, revision } = await it.call(readRevision, { params: { revisionId: newest?.id ?? '' } });
    expect(yaml).toContain('PAK: [masked key]');
    expect(revision.bytes).toBe(newest?.bytes);
  });
});

describe('a preview', () => {
  const counts = { ...(Object.fromEntries(reachStates.map((state) => [state, 0])) as RollUp), failed: 1, healthy: 2 };
  const preview = (yaml: string) => it.call(previewSubmission, { params, body: { yaml }, as: 'operator' });
  test('tells what changes per object and whom it reaches, changes nothing and leaves no row', async () => {
    await start([aConfigMap('a')], {
      reachOf: () => ({
        ...noReach,
        count: () => 3,
        rollUp: async () => ({ counts, clusters: 2 }),
        coverage: () => ({ known: 3, total: 4, oldestMs: 9 }),
      }),
    });
    const told = await preview(aConfigMap('b'));
    expect(told).toMatchObject({
      reached: 3,
      clusters: 2,
      rollUp: { failed: 1, healthy: 2 },
      coverage: { known: 3, total: 4 },
      based: { id: (await list()).rows[0]?.id },
    });
    expect(told.diff.resources.map(({ resource, change }) => [resource.name, change])).toEqual([
      ['b', 'added'],
      ['a', 'removed'],
    ]);
    expect(Object.keys(it.upstream()).filter((operation) => !operation.startsWith('GET'))).toEqual([]);
    expect((await it.audit.list({ limit: 5 })).rows).toEqual([]);
  });
  test('of the first revision adds everything and is based on none', async () => {
    await start();
    expect(await preview(aConfigMap('a'))).toMatchObject({
      based: null,
      rollUp: null,
      diff: { from: null, to: null, resources: [{ change: 'added' }] },
    });
  });
  test('again and again while somebody types reads the current text once', async () => {
    await start([aConfigMap('a')]);
    for (const mode of ['x', 'y', 'z']) await preview(aConfigMap('a', mode));
    expect(it.upstream()).toEqual({ 'GET /api/v1/stacks/{id}/deployment-objects': 1, 'GET /api/v1/deployment-objects/{id}': 1 });
  });
  test('is not for viewers', async () => {
    await start();
    expect(await problemOf(it.call(previewSubmission, { params, body: { yaml: 'a: 1' }, as: 'viewer' }))).toMatchObject({
      code: 'role_required',
    });
  });
});
