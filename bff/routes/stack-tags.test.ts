import { afterEach, expect, test } from 'vitest';
import {
  addStackAnnotation,
  addStackLabel,
  readStackAnnotations,
  readStackLabels,
  removeStackAnnotation,
  removeStackLabel,
} from '#contract/stack-tags.ts';
import { aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(() => it.stop());
async function start(labels: string[] = [], annotations: Record<string, string> = {}) {
  it = await startTestConsole({ scenario: 'empty' });
  const [stack] = it.simulator.seed({ stacks: [aStack({ name: 'ledger', labels, annotations })] }).stacks;
  return { params: { stackId: stack?.id ?? '' } };
}

test('a label is added to the set that was seen, shown at once and recorded with both sets', async () => {
  const { params } = await start(['tier:gold']);
  const { etag } = await it.call(readStackLabels, { params });
  const after = await it.call(addStackLabel, { params, etag, body: { label: 'region/eu' }, as: 'operator' });
  expect(after.items).toEqual(['region/eu', 'tier:gold']);
  expect(after.etag).not.toBe(etag);
  expect(await it.call(readStackLabels, { params })).toEqual(after);
  expect(await it.newestRow()).toMatchObject({
    type: 'stack.label.added',
    resource: { kind: 'stack', name: 'ledger' },
    before: { labels: ['tier:gold'] },
    after: { label: 'region/eu', labels: ['region/eu', 'tier:gold'] },
  });
});
test.each(['region/eu', 'a?b=c#d', '%2e%2e', 'ünï☃'])('the label %j is removed, and no other address is reached', async (label) => {
  const { params } = await start([label, 'other']);
  const { etag } = await it.call(readStackLabels, { params });
  expect((await it.call(removeStackLabel, { params, etag, body: { label } })).items).toEqual(['other']);
  expect(it.upstream()['DELETE /api/v1/stacks/{id}/labels/{label}']).toBe(1);
});
test('a set that changed meanwhile is shown as it is now, and nothing is sent', async () => {
  const { params } = await start();
  const { etag } = await it.call(readStackLabels, { params });
  await it.call(addStackLabel, { params, etag, body: { label: 'a' } });
  expect(await problemOf(it.call(addStackLabel, { params, etag, body: { label: 'b' } }))).toMatchObject({
    status: 412,
    current: { items: ['a'] },
  });
  expect(it.upstream()['POST /api/v1/stacks/{id}/labels']).toBe(1);
});
test('of ten writers with the same tag one adds', async () => {
  const { params } = await start();
  const { etag } = await it.call(readStackLabels, { params });
  const ended = await Promise.allSettled(
    Array.from({ length: 10 }, (_, n) => it.call(addStackLabel, { params, etag, body: { label: `l${n}` } })),
  );
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
test('what is there already is refused beside the field', async () => {
  const { params } = await start(['a'], { owner: 'ops' });
  const labels = await it.call(readStackLabels, { params });
  expect(await problemOf(it.call(addStackLabel, { params, etag: labels.etag, body: { label: 'a' } }))).toMatchObject({
    code: 'conflict',
    errors: [{ path: 'label', code: 'taken' }],
  });
  const annotations = await it.call(readStackAnnotations, { params });
  expect(
    await problemOf(it.call(addStackAnnotation, { params, etag: annotations.etag, body: { key: 'owner', value: 'dev' } })),
  ).toMatchObject({ code: 'conflict', errors: [{ path: 'key' }] });
});
test('an annotation is added and removed by its key', async () => {
  const { params } = await start([], { owner: 'ops' });
  const { etag } = await it.call(readStackAnnotations, { params });
  const added = await it.call(addStackAnnotation, { params, etag, body: { key: 'cost/center', value: '.' } });
  expect(added.items).toEqual([
    { key: 'cost/center', value: '.' },
    { key: 'owner', value: 'ops' },
  ]);
  expect(await it.call(removeStackAnnotation, { params, etag: added.etag, body: { key: 'cost/center' } })).toMatchObject({
    items: [{ key: 'owner', value: 'ops' }],
    etag,
  });
  expect(await it.newestRow()).toMatchObject({
    type: 'stack.annotation.removed',
    after: { annotations: [{ key: 'owner', value: 'ops' }] },
  });
});
test('an unknown stack has no labels to show or to change, though the broker answers an empty set', async () => {
  await start();
  const params = { stackId: '3f0c9a7e-0000-4000-8000-00000000dead' };
  expect(await problemOf(it.call(readStackLabels, { params }))).toMatchObject({ code: 'not_found' });
  expect(await problemOf(it.call(addStackLabel, { params, etag: '"x"', body: { label: 'a' } }))).toMatchObject({ code: 'not_found' });
});
