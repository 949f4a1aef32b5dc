import { afterEach, expect, test } from 'vitest';
import {
  addAgentAnnotation,
  addAgentLabel,
  listLabelsOfAgents,
  readAgentAnnotations,
  readAgentLabels,
  removeAgentAnnotation,
  removeAgentLabel,
} from '#contract/agent-tags.ts';
import { anAgent } from '#simulator/builders.ts';
import { problemOf, startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(() => it.stop());
async function start(labels: string[] = [], annotations: Record<string, string> = {}) {
  it = await startTestConsole({ scenario: 'empty' });
  it.simulator.seed({ agents: [anAgent({ name: 'edge', labels, annotations })] });
  const agentId = it.simulator.agents.find('edge').id;
  return { agentId, params: { agentId } };
}

test('a label is added to the set that was seen, shown at once and recorded with both sets', async () => {
  const { params } = await start(['tier:gold']);
  const { etag } = await it.call(readAgentLabels, { params });
  const after = await it.call(addAgentLabel, { params, etag, body: { label: 'region/eu' }, as: 'operator' });
  expect(after.items).toEqual(['region/eu', 'tier:gold']);
  expect(after.etag).not.toBe(etag);
  expect(await it.call(readAgentLabels, { params })).toEqual(after);
  expect(await it.newestRow()).toMatchObject({
    type: 'agent.label.added',
    resource: { kind: 'agent', name: 'edge' },
    before: { labels: ['tier:gold'] },
    after: { label: 'region/eu', labels: ['region/eu', 'tier:gold'] },
  });
});
test.each(['region/eu', 'a?b=c#d', '%2e%2e', '...', 'ünï☃'])('the label %j is removed, and no other address is reached', async (label) => {
  const { params } = await start([label, 'other']);
  const { etag } = await it.call(readAgentLabels, { params });
  expect((await it.call(removeAgentLabel, { params, etag, body: { label } })).items).toEqual(['other']);
  expect(it.upstream()['DELETE /api/v1/agents/{id}/labels/{label}']).toBe(1);
});
test.each(['.', '..'])('the label %j can be neither added nor removed', async (label) => {
  const { params } = await start([label]);
  const { etag } = await it.call(readAgentLabels, { params });
  expect(await problemOf(it.call(addAgentLabel, { params, etag, body: { label } }))).toMatchObject({ code: 'invalid_request' });
  expect(await problemOf(it.call(removeAgentLabel, { params, etag, body: { label } }))).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: 'label' }],
  });
  expect(Object.keys(it.upstream()).filter((operation) => !operation.startsWith('GET'))).toEqual([]);
});
test('a set that changed meanwhile is shown as it is now, and nothing is sent', async () => {
  const { params } = await start();
  const { etag } = await it.call(readAgentLabels, { params });
  await it.call(addAgentLabel, { params, etag, body: { label: 'a' } });
  expect(await problemOf(it.call(addAgentLabel, { params, etag, body: { label: 'b' } }))).toMatchObject({
    status: 412,
    current: { items: ['a'] },
  });
  expect(it.upstream()['POST /api/v1/agents/{id}/labels']).toBe(1);
});
test('of ten writers with the same tag one adds', async () => {
  const { params } = await start();
  const { etag } = await it.call(readAgentLabels, { params });
  const ended = await Promise.allSettled(
    Array.from({ length: 10 }, (_, n) => it.call(addAgentLabel, { params, etag, body: { label: `l${n}` } })),
  );
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
test('a label that is there already is refused beside the field', async () => {
  const { params } = await start(['a']);
  const { etag } = await it.call(readAgentLabels, { params });
  expect(await problemOf(it.call(addAgentLabel, { params, etag, body: { label: 'a' } }))).toMatchObject({
    code: 'conflict',
    errors: [{ path: 'label', code: 'taken' }],
  });
});
test('the set is told as it must be when it cannot be read after the change', async () => {
  const { params } = await start(['a']);
  const { etag } = await it.call(readAgentLabels, { params });
  it.simulator.faults.set({
    match: (_request, operation) =>
      operation === 'GET /api/v1/agents/{id}/labels' && it.upstream()['POST /api/v1/agents/{id}/labels'] === 1,
    outcome: { status: 500 },
  });
  expect((await it.clock.until(it.call(addAgentLabel, { params, etag, body: { label: 'b' } }))).items).toEqual(['a', 'b']);
});
test('an unknown agent has no labels to show or to change, though the broker answers an empty set', async () => {
  await start();
  const params = { agentId: '3f0c9a7e-0000-4000-8000-00000000dead' };
  expect(await problemOf(it.call(readAgentLabels, { params }))).toMatchObject({ code: 'not_found' });
  expect(await problemOf(it.call(addAgentLabel, { params, etag: '"x"', body: { label: 'a' } }))).toMatchObject({ code: 'not_found' });
});

test('an annotation is added and removed by its key', async () => {
  const { params } = await start([], { owner: 'ops' });
  const { etag } = await it.call(readAgentAnnotations, { params });
  const added = await it.call(addAgentAnnotation, { params, etag, body: { key: 'cost/center', value: '.' } });
  expect(added.items).toEqual([
    { key: 'cost/center', value: '.' },
    { key: 'owner', value: 'ops' },
  ]);
  expect(await problemOf(it.call(addAgentAnnotation, { params, etag: added.etag, body: { key: 'owner', value: 'dev' } }))).toMatchObject({
    code: 'conflict',
    errors: [{ path: 'key' }],
  });
  const removed = await it.call(removeAgentAnnotation, { params, etag: added.etag, body: { key: 'cost/center' } });
  expect(removed).toMatchObject({ items: [{ key: 'owner', value: 'ops' }], etag });
  expect(await it.newestRow()).toMatchObject({
    type: 'agent.annotation.removed',
    after: { annotations: [{ key: 'owner', value: 'ops' }] },
  });
});

const manyAgents = async (count: number) => {
  it = await startTestConsole({ scenario: 'empty' });
  it.simulator.seed({ agents: Array.from({ length: count }, (_, n) => anAgent({ name: `agent-${n}`, labels: [`n:${n}`] })) });
  return it.simulator.agents.all().map(({ id }) => id);
};
const labelsOf = (ids: string[]) => it.call(listLabelsOfAgents, { query: { agents: ids.join(',') } });

test('labels of a page cost one read each, for everybody, for a minute', async () => {
  const ids = await manyAgents(50);
  const pages = await Promise.all(Array.from({ length: 20 }, () => labelsOf(ids)));
  expect(pages[0]?.rows).toHaveLength(50);
  expect(pages[0]?.rows.every(({ labels }) => labels?.length === 1)).toBe(true);
  await it.clock.advance(57_000);
  expect((await labelsOf(ids)).rows[0]).toMatchObject({ ageMs: 57_000 });
  expect(it.upstream()).toEqual({ 'GET /api/v1/agents/{id}/labels': 50 });
  await it.clock.advance(1_000);
  await labelsOf(ids);
  expect(it.upstream()).toEqual({ 'GET /api/v1/agents/{id}/labels': 100 });
});
test('at most six are read at once', async () => {
  const ids = await manyAgents(30);
  let running = 0;
  let most = 0;
  it.send.instead = async (request) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    return it.through(request);
  };
  await labelsOf(ids);
  expect(most).toBe(6);
});
test('the console’s own change is in the next page of labels', async () => {
  const [id = ''] = await manyAgents(2);
  await labelsOf([id]);
  const { etag } = await it.call(readAgentLabels, { params: { agentId: id } });
  await it.call(addAgentLabel, { params: { agentId: id }, etag, body: { label: 'new' } });
  expect((await labelsOf([id])).rows[0]?.labels).toContain('new');
});
test('one agent that cannot be read is null, the others are there, and it is left alone for five seconds', async () => {
  const ids = await manyAgents(3);
  it.simulator.faults.set({ match: ({ path }) => path.includes(ids[1] ?? 'none'), outcome: 'html' });
  const page = async () => (await it.clock.until(labelsOf(ids))).rows.map(({ labels }) => labels?.length ?? null);
  expect(await page()).toEqual([1, null, 1]);
  const asked = it.upstream()['GET /api/v1/agents/{id}/labels'];
  expect(await page()).toEqual([1, null, 1]);
  expect(it.upstream()['GET /api/v1/agents/{id}/labels']).toBe(asked);
  it.simulator.faults.clear();
  await it.clock.advance(5_000);
  expect(await page()).toEqual([1, 1, 1]);
});
test('a page goes out after eight seconds with what is there', async () => {
  const ids = await manyAgents(2);
  it.simulator.faults.set({ match: ({ path }) => path.includes(ids[1] ?? 'none'), outcome: 'hang' });
  expect((await it.clock.until(labelsOf(ids), 2_000)).rows.map(({ labels }) => labels?.length ?? null)).toEqual([1, null]);
});
test('after eight seconds it shows what was last known, and how old that is', async () => {
  const ids = await manyAgents(2);
  await labelsOf(ids);
  await it.clock.advance(60_000);
  it.simulator.faults.set({ match: 'GET /api/v1/agents/{id}/labels', outcome: 'hang' });
  const { rows } = await it.clock.until(labelsOf(ids), 2_000);
  expect(rows.map(({ labels, ageMs }) => [labels, ageMs])).toEqual([
    [['n:0'], 68_000],
    [['n:1'], 68_000],
  ]);
});
test('somebody who leaves the page ends its reads and takes nothing from those who stay', async () => {
  const ids = await manyAgents(20);
  const leaving = new AbortController();
  it.simulator.faults.set({ match: 'GET /api/v1/agents/{id}/labels', outcome: 'hang', times: 6 });
  const left = it.call(listLabelsOfAgents, { query: { agents: ids.join(',') }, signal: leaving.signal });
  await it.clock.advance(10);
  leaving.abort();
  expect((await left).rows.every(({ labels }) => labels === null)).toBe(true);
  expect(it.upstream()).toEqual({ 'GET /api/v1/agents/{id}/labels': 6 });
  expect((await labelsOf(ids)).rows.every(({ labels }) => labels?.length === 1)).toBe(true);
});
