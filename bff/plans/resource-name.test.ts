import * as yaml from 'yaml';
import { expect, test } from 'vitest';
import { kubernetesShape } from '#contract/kubernetes-shape.ts';
import { plainName } from './resource-name.ts';

/** Lines as people write them, and as nobody should; put together at random they make whole and broken objects. */
const topLines = [
  'apiVersion: v1',
  'apiVersion: apps/v1 # pinned',
  'apiVersion: "apps/v1"',
  "apiVersion: 'v1'",
  'apiVersion: &v v1',
  'apiVersion: !!str v1',
  'apiVersion:',
  '"apiVersion": v1',
  'kind: Secret',
  'kind: Secret  ',
  'kind: >-\n  Secret',
  'kind: Con\n  fig',
  'kind: null',
  'kind: ConfigMapList',
  '? kind\n: Secret',
  'data: |\n  kind: Wrong\n  name: wrong',
  'data:\n- name: wrong',
  'spec:\n  name: wrong\n  metadata:\n    name: wrong',
  'spec: {name: wrong,\n  kind: Wrong}',
  '# kind: Wrong',
  '',
  '<<: {kind: Wrong}',
  'x-y.z: 1',
];
const metadataLines = [
  'name: web',
  'name: "web"',
  'name: 3scale',
  'name: 42',
  'name: yes',
  'name: system:node',
  'name: a b',
  'name: web#1',
  'name: web #1',
  'name: |\n    web',
  'name:',
  'name: *v',
  'name: one\n    two',
  'namespace: shop',
  'namespace: ""',
  'namespace: ~',
  'annotations:\n    name: wrong',
  'annotations: |\n    name: wrong',
  'finalizers:\n  - name: wrong',
  'labels: {name: wrong}',
  'labels:\n\n\n    name: wrong',
  '# name: wrong',
  'generateName: g-',
];

test('what is read from lines alone is what the parser reads, in 20,000 objects put together at random', () => {
  let state = 11;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = (from: readonly string[]) => from[below(from.length)] ?? '';
  let read = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const metadata = [
      'metadata:',
      ...Array.from({ length: 1 + below(3) }, () => `  ${pick(metadataLines)}`),
      ...(below(3) > 0 ? ['  name: web'] : []),
    ].join('\n');
    const lines = [
      ...Array.from({ length: below(3) }, () => pick(topLines)),
      'apiVersion: v1',
      metadata,
      'kind: Secret',
      ...Array.from({ length: below(2) }, () => pick(topLines)),
    ];
    // Mostly whole, but in any order and sometimes with one of the needed parts missing.
    const shuffled = lines
      .filter(() => below(12) > 0)
      .map((line) => ({ line, place: below(1_000) }))
      .toSorted((a, b) => a.place - b.place);
    const text = `${shuffled.map(({ line }) => line).join('\n')}\n`;
    const plain = plainName(text);
    if (plain === undefined) continue;
    read += 1;
    const shape = kubernetesShape(text, yaml);
    if (shape.findings.some(({ code }) => code === 'syntax')) continue; // broken elsewhere: there is nothing to compare with
    expect([text, plain]).toEqual([text, shape.documents[0]?.resource ?? null]);
  }
  expect(read).toBeGreaterThan(500);
});

test('a line that is mostly white space costs no more than its length', () => {
  const spaces = ' '.repeat(50_000);
  expect(plainName(`apiVersion: v1\nkind: Secret${spaces}\nmetadata:\n  name: web${spaces}# pinned${spaces}\n`)).toMatchObject({
    name: 'web',
  });
  expect(plainName(`apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ndata: a${spaces}b\n`)).toMatchObject({ name: 'web' });
});
