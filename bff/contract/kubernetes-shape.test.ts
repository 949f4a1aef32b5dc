import * as yaml from 'yaml';
import { describe, expect, test } from 'vitest';
import { kubernetesShape } from './kubernetes-shape.ts';

const found = (text: string) => kubernetesShape(text, yaml).findings.map(({ code, line, column, detail }) => [code, line, column, detail]);
const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop\n`;

test('a bundle of whole objects has nothing to find, and its resources are named', () => {
  const shape = kubernetesShape(`# bundle\n---\n${configMap('one')}---\n${configMap('two')}`, yaml);
  expect(shape.findings).toEqual([]);
  expect(shape.documents).toEqual([
    { line: 3, resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'one' } },
    { line: 9, resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'two' } },
  ]);
});

describe('found at its line', () => {
  test.each<[string, string, unknown[]]>([
    ['no kind', 'apiVersion: v1\nmetadata:\n  name: a\n', [['kind_missing', 1, 1, null]]],
    ['an empty kind', 'apiVersion: v1\nkind: ""\nmetadata:\n  name: a\n', [['kind_missing', 2, 7, null]]],
    [
      'no name, in the second document',
      `${configMap('a')}---\napiVersion: v1\nkind: Secret\nmetadata:\n  labels: {}\n`,
      [['name_missing', 10, 3, null]],
    ],
    ['no metadata at all', 'apiVersion: v1\nkind: Secret\n', [['name_missing', 1, 1, null]]],
    [
      'neither',
      'data: 1\n',
      [
        ['api_version_missing', 1, 1, null],
        ['kind_missing', 1, 1, null],
        ['name_missing', 1, 1, null],
      ],
    ],
    ['a number for a name', 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: 42\n', [['not_text', 4, 9, 'metadata.name']]],
    ['a list instead of an object', '- a\n', [['not_an_object', 1, 1, null]]],
    ['a text instead of an object', 'hello\n', [['not_an_object', 1, 1, null]]],
    ['the same object twice', `${configMap('a')}---\n${configMap('a')}`, [['duplicate_resource', 10, 9, 'ConfigMap a']]],
    [
      'the same object in two versions',
      `${configMap('a').replace('v1', 'apps/v1')}---\n${configMap('a').replace('v1', 'apps/v1beta1')}`,
      [['duplicate_resource', 10, 9, 'ConfigMap a']],
    ],
    ['a name that no API server takes', configMap('Web_1'), [['name_form', 4, 9, 'Web_1']]],
    ['a name that ends in a dot', configMap('web.'), [['name_form', 4, 9, 'web.']]],
    ['a namespace that is no label', configMap('web').replace('shop', 'shop.eu'), [['name_form', 5, 14, 'shop.eu']]],
    ['a list kind', 'apiVersion: v1\nkind: ConfigMapList\nitems:\n- kind: ConfigMap\n', [['list_kind', 2, 7, 'ConfigMapList']]],
    ['a key twice', `${configMap('a')}data:\n  x: 1\n  y: 2\n  x: 3\n`, [['duplicate_key', 9, 3, 'x']]],
    ['nothing at all', '# only a comment\n---\n', [['empty', 1, 1, null]]],
    ['null documents only', '---\nnull\n---\n~\n', [['empty', 1, 1, null]]],
  ])('%s', (_name, text, expected) => expect(found(text)).toEqual(expected));

  test('a tab as indentation', () => {
    expect(found(`${configMap('a')}data:\n\tx: 1\n`)[0]).toEqual(['tab', 7, 1, 'Tabs are not allowed as indentation']);
  });
  test('a syntax error, in the parser’s words, while other documents are read', () => {
    const shape = kubernetesShape(`${configMap('a')}---\nkind: [a\n---\n${configMap('b')}`, yaml);
    expect(shape.findings.length).toBeGreaterThan(0);
    expect(shape.findings[0]).toMatchObject({ code: 'syntax', severity: 'error', line: 7, detail: expect.stringMatching(/flow/i) });
    expect(shape.documents.map(({ resource }) => resource?.name ?? null)).toEqual(['a', null, 'b']);
  });
});

test('a name of several labels and the freer names of roles are right as they are', () => {
  expect(found(configMap('web.shop-1.example'))).toEqual([]);
  expect(found('apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: system:Reader\n')).toEqual([]);
});
test('the same name in another namespace, kind or group is another object', () => {
  const other = [
    configMap('a'),
    configMap('a').replace('shop', 'till'),
    configMap('a').replace('ConfigMap', 'Secret'),
    configMap('a').replace('v1', 'x.io/v1'),
  ];
  expect(found(other.join('---\n'))).toEqual([]);
});
test('names behind anchors and aliases are read', () => {
  expect(kubernetesShape('x: &n web\napiVersion: v1\nkind: Secret\nmetadata: { name: *n }\n', yaml).documents[0]?.resource?.name).toBe(
    'web',
  );
});
test('errors weigh more than warnings, and no text has more than 200 findings', () => {
  const shape = kubernetesShape('a: 1\n---\n'.repeat(300), yaml);
  expect(shape.findings).toHaveLength(200);
  expect(new Set(kubernetesShape(`${configMap('a')}---\n${configMap('a')}`, yaml).findings.map(({ severity }) => severity))).toEqual(
    new Set(['warning']),
  );
});
test(
  'one flat map of 60,000 keys is checked for equal keys in one pass, where the parser’s own check takes minutes',
  { timeout: 30_000 },
  () => {
    const lines = Array.from({ length: 60_000 }, (_, at) => `  key${at}: value ${at}`);
    expect(found(`${configMap('big')}data:\n${lines.join('\n')}\n  key7: again\n`)).toEqual([['duplicate_key', 60_007, 3, 'key7']]);
  },
);
