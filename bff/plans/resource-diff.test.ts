import { describe, expect, test } from 'vitest';
import { createBreath } from '#bff/lists/breath.ts';
import { diffBundles, resourcesOf } from './resource-diff.ts';

const configMap = (name: string, data: Record<string, string> = {}) =>
  [
    `apiVersion: v1`,
    `kind: ConfigMap`,
    `metadata:`,
    `  name: ${name}`,
    `  namespace: shop`,
    `data:`,
    ...Object.entries(data).map(([key, value]) => `  ${key}: ${value}`),
    '',
  ].join('\n');
const bundle = (...documents: string[]) => documents.join('---\n');
const diffOf = (before: string, after: string) => diffBundles(before, after, async () => undefined);
const summary = async (before: string, after: string) =>
  (await diffOf(before, after)).resources.map(({ resource, change, addedLines, removedLines }) => [
    resource.name,
    change,
    addedLines,
    removedLines,
  ]);

describe('changes per resource', () => {
  test('are told by name, wherever the document stands', async () => {
    const before = bundle(configMap('kept', { a: '1' }), configMap('changed', { a: '1' }), configMap('removed'));
    const after = bundle(configMap('changed', { a: '2', b: '3' }), configMap('added'), configMap('kept', { a: '1' }));
    expect(await summary(before, after)).toEqual([
      ['changed', 'changed', 2, 1],
      ['added', 'added', 6, 0],
      ['kept', 'same', 0, 0],
      ['removed', 'removed', 0, 6],
    ]);
    expect(await diffOf(before, after)).toMatchObject({ addedLines: 8, removedLines: 7, truncated: false });
  });
  test('a new API version of the same group is the same object, another group is another', async () => {
    const at = (version: string) => configMap('a').replace('v1', version);
    expect(await summary(at('apps/v1beta1'), at('apps/v1'))).toEqual([['a', 'changed', 1, 1]]);
    expect((await summary(at('extensions/v1'), at('apps/v1'))).map(([, change]) => change)).toEqual(['added', 'removed']);
  });
  test('an empty text removes everything, an empty one before adds it', async () => {
    expect((await summary(configMap('a'), '')).map(([, change]) => change)).toEqual(['removed']);
    expect((await summary('', configMap('a'))).map(([, change]) => change)).toEqual(['added']);
    expect(await diffOf('', '')).toEqual({ resources: [], addedLines: 0, removedLines: 0, truncated: false });
  });
  test('of several with one name the first is compared with the first', async () => {
    const before = bundle(configMap('a', { x: '1' }), configMap('a', { x: '2' }));
    const after = bundle(configMap('a', { x: '1' }), configMap('a', { x: '3' }), configMap('a', { x: '4' }));
    expect(await summary(before, after)).toEqual([
      ['a', 'same', 0, 0],
      ['a', 'changed', 1, 1],
      ['a', 'added', 7, 0],
    ]);
  });
  test('documents without a name are compared too, comments and broken ones among them', async () => {
    const diff = await diffOf('# one\n---\nfoo: [1\n', '# two\n---\nfoo: [2\n');
    expect(diff.resources.map(({ resource, change }) => [resource, change])).toEqual([
      [{ apiVersion: '', kind: '', namespace: null, name: '' }, 'changed'],
      [{ apiVersion: '', kind: '', namespace: null, name: '' }, 'changed'],
    ]);
  });
  test('a last line end more or less is no change', async () => {
    expect(await summary(configMap('a'), configMap('a').trimEnd())).toEqual([['a', 'same', 0, 0]]);
  });
});

describe('lines', () => {
  const numbered = (count: number, change: (at: number) => string | null = () => null) =>
    configMap('a', Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, change(at) ?? 'value'])));
  const lines = async (before: string, after: string) => (await diffOf(before, after)).resources[0]?.lines ?? [];

  test('carry their numbers in the whole texts, with three unchanged ones around and the rest folded', async () => {
    const first = configMap('first');
    const shown = await lines(bundle(first, numbered(30)), bundle(numbered(30, (at) => (at === 15 ? 'other' : null))));
    expect(shown.map(({ kind, before, after, skipped }) => [kind, before, after, skipped ?? null])).toEqual([
      ['skip', 8, 1, 18],
      ['same', 26, 19, null],
      ['same', 27, 20, null],
      ['same', 28, 21, null],
      ['removed', 29, null, null],
      ['added', null, 22, null],
      ['same', 30, 23, null],
      ['same', 31, 24, null],
      ['same', 32, 25, null],
      ['skip', 33, 26, 11],
    ]);
  });
  test('near changes share their context, and a single line between them is shown', async () => {
    const shown = await lines(
      numbered(30),
      numbered(30, (at) => (at === 10 || at === 18 ? 'other' : null)),
    );
    expect(shown.filter(({ kind }) => kind === 'skip')).toHaveLength(2);
    expect(shown.filter(({ kind }) => kind === 'same')).toHaveLength(3 + 7 + 3);
  });
  test('that replace each other have the changed words marked', async () => {
    const [, , , , ...rest] = await lines(
      configMap('a', { image: 'shop/web:1.4.2 # pinned' }),
      configMap('a', { image: 'shop/web:1.4.10 # pinned' }),
    );
    expect(rest.filter(({ kind }) => kind !== 'same').map(({ text, words }) => text.slice(...(words ?? [0, 0])))).toEqual([
      '1.4.2',
      '1.4.10',
    ]);
  });
  test('that have nothing in common have none marked', async () => {
    const shown = await lines(configMap('a', { abcdefgh: 'one' }), configMap('a', { qrstuvwx: 'two' }));
    expect(shown.some(({ words }) => words !== undefined)).toBe(false);
  });
  test('an insertion marks what was put in, and an empty stretch where it went', async () => {
    const [removed, added] = (await lines(configMap('a', { args: '[one, two]' }), configMap('a', { args: '[one, more, two]' }))).filter(
      ({ kind }) => kind !== 'same' && kind !== 'skip',
    );
    expect(added?.text.slice(...(added.words ?? [0, 0]))).toContain('more');
    expect(removed?.words?.[0]).toBeLessThanOrEqual(removed?.words?.[1] ?? -1);
  });
  test('beyond 5,000 are left out, and counted all the same', async () => {
    const diff = await diffOf(
      '',
      bundle(numbered(4_000), configMap('b', Object.fromEntries(Array.from({ length: 4_000 }, (_, at) => [`k${at}`, 'v'])))),
    );
    expect(diff.resources.map((it) => it.lines.length)).toEqual([4_006, 994]);
    expect(diff).toMatchObject({ truncated: true, addedLines: 8_012 });
  });
});

describe('names', () => {
  test.each<[string, string, unknown]>([
    ['plain', configMap('a'), { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a' }],
    [
      'quoted, commented, indented by four',
      'apiVersion: "apps/v1" # x\nkind: \'Deployment\'\nmetadata:\n    name: web # y\n',
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: null, name: 'web' },
    ],
    [
      'with a colon',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: system:node\n',
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', namespace: null, name: 'system:node' },
    ],
    [
      'in flow style',
      '{apiVersion: v1, kind: Secret, metadata: {name: s}}\n',
      { apiVersion: 'v1', kind: 'Secret', namespace: null, name: 's' },
    ],
    [
      'in JSON',
      '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"n"}}',
      { apiVersion: 'v1', kind: 'Secret', namespace: 'n', name: 's' },
    ],
    [
      'behind an alias',
      'x: &n web\napiVersion: v1\nkind: Secret\nmetadata:\n  name: *n\n',
      { apiVersion: 'v1', kind: 'Secret', namespace: null, name: 'web' },
    ],
    [
      'over two lines',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: one\n    two\n',
      { apiVersion: 'v1', kind: 'Secret', namespace: null, name: 'one two' },
    ],
    [
      'after metadata with a block of text',
      'metadata:\n  annotations:\n    note: |\n      name: wrong\n  name: right\napiVersion: v1\nkind: Secret\n',
      { apiVersion: 'v1', kind: 'Secret', namespace: null, name: 'right' },
    ],
    [
      'with items as deep as their key',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  finalizers:\n  - name: wrong\n  name: right\nitems:\n- name: wrong\n',
      { apiVersion: 'v1', kind: 'Secret', namespace: null, name: 'right' },
    ],
  ])('%s', (_name, text, expected) => expect(resourcesOf(text)).toEqual([expected]));

  test.each([
    'metadata:\n  name: 42',
    'metadata:\n  name: true',
    'metadata:\n  name: ""',
    'metadata:\n  generateName: a',
    'metadata: [a]',
    'spec:\n  name: a',
  ])('are not made up: %j', (rest) => expect(resourcesOf(`apiVersion: v1\nkind: Secret\n${rest}\n`)).toEqual([]));
});

describe('texts of full size', () => {
  const size = 2_097_152;
  const filled = (line: (at: number) => string, head = '') => {
    const lines = [head];
    for (let length = head.length, at = 0; ; at += 1) {
      const next = line(at);
      length += next.length + 1;
      if (length > size) return lines.join('\n');
      lines.push(next);
    }
  };
  const head = configMap('big').trimEnd();
  test.each<[string, string, string]>([
    [
      'one flat map, every tenth line changed',
      filled((at) => `  key${at}: value`, head),
      filled((at) => `  key${at}: ${at % 10 === 0 ? 'other' : 'value'}`, head),
    ],
    ['few lines over and over, shuffled', filled((at) => `  - ${(at * 7) % 5}`, head), filled((at) => `  - ${(at * 11) % 6}`, head)],
    ['nothing but line ends', '\n'.repeat(size - 10) + 'a: 1', '\n'.repeat(size - 9) + 'b: 1'],
    ['one line', `a: ${'x'.repeat(size - 10)}`, `a: ${'x'.repeat(size - 20)}yyy`],
    [
      'thousands of documents in flow style',
      filled((at) => `--- {apiVersion: v1, kind: Secret, metadata: {name: n${at}}}`),
      filled((at) => `--- {apiVersion: v1, kind: Secret, metadata: {name: m${at}}}`),
    ],
    [
      'thousands of plain documents',
      filled((at) => `---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: n${at}`),
      filled((at) => `---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: n${at + 7}`),
    ],
  ])('%s: compared in bounded time and room', { timeout: 30_000 }, async (_name, before, after) => {
    const diff = await diffOf(before, after);
    expect(diff.resources.reduce((sum, { lines }) => sum + lines.length, 0)).toBeLessThanOrEqual(5_000);
  });
  test('let others in between their objects', async () => {
    const texts = ['n', 'm'].map((name) => filled((at) => `---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}${at}`)) as [
      string,
      string,
    ];
    let turns = 0;
    const others = { areWaiting: true };
    const count = () => {
      turns += 1;
      if (others.areWaiting) setTimeout(count);
    };
    setTimeout(count);
    await diffBundles(
      ...texts,
      createBreath(() => new Promise((resolve) => setTimeout(resolve))),
    );
    const between = turns;
    await diffOf(...texts);
    others.areWaiting = false;
    expect([between > 1, turns - between]).toEqual([true, 0]);
  });
});
