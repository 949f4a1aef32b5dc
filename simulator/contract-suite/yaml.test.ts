import { describe, expect, test } from 'vitest';
import { admin, aGenerator, aStack } from './broker.ts';

const path = `/stacks/${(await aStack((await aGenerator()).id)).id}/deployment-objects`;
const submit = (yaml: string | Uint8Array) => admin('POST', path, yaml, { 'content-type': 'application/yaml' });

describe('what counts as YAML', () => {
  test.each([
    'just text',
    '42',
    '""',
    '- - - a',
    'a: 1\r\nb: 2\r\n',
    '\ufeffa: 1',
    '\ufeff{"a": 1,\n"b": 2}',
    '{"a":, b: c}',
    '? \n: b',
    '1: a\n"1": b',
    '!!int {a: 1}',
    'a: !!e!x b',
    '%YAML 1.1\n---\na: 1',
    '!foo a: 1',
    'a: &x 1\nb: *x',
    '<<: {a: 1}\nb: 2',
    '? [a, b]\n: c',
    'a: 1\n...\n',
    'a: 1\n...\n---\nb: 2',
    'a: 1\n---\n---\n# c',
    '---\n---\na: 1',
    '--- |\n text\n--- >\n more',
    'a: \ud83d\ude00',
    'a:b',
    "a: 'it''s'",
  ])('%j does', async (yaml) => {
    expect(await submit(yaml)).toMatchObject({ status: 201, body: { yaml_content: yaml } });
  });
  test.each([
    'a: 1\na: 2',
    '1: a\n0x1: b',
    '~: a\nnull: b',
    'a: &x k\n*x : 1\nk: 2',
    '\ufeffa: 1\nb: 2',
    '  : x',
    'a:\n: x',
    '- : x',
    '{: a}',
    '{a:, b: c}',
    '{"a\nb": 1}',
    'a: !e!x b',
    `"${'x'.repeat(1025)}": 1`,
    '{a: 1, a: 2}',
    'a: *nope',
    'a: &a [*a]',
    'a: !!int x',
    '%FOO x\n---\na: 1',
    'a: 1\n...\nb: 2',
    'a: 1\n---\nb: [1',
    'key: value: x',
    'a: - b',
    'a:\n\t- 1',
    '[a] b',
    '"x" y',
    'a: @x',
    'a: `x`',
    'a: "\\q"',
    'a: |\n  x\n y',
    '"a": 1\n"b"',
    'a: ]',
    '}',
    'a: \u0007',
    'a: b\u0085c: d: e',
    'a: b\rc: d: e',
    'a: \u0080',
    'a: \ufffe',
  ])('%j does not', async (yaml) => {
    expect(await submit(yaml)).toMatchObject({
      status: 400,
      body: { code: 'invalid_deployment_object', message: expect.stringMatching(/^invalid YAML: /) as string },
    });
  });
  test.each(['~', 'null', '# comment', '---\n---\n', '#c\n---\n#d\n'])('%j holds no document', async (yaml) => {
    expect(await submit(yaml)).toMatchObject({
      status: 400,
      body: { code: 'invalid_deployment_object', message: 'YAML content has no documents' },
    });
  });
  test('two mebibytes are taken, one byte more is not read', async () => {
    const yaml = (bytes: number) => `a: "${'x'.repeat(bytes - 5)}"`;
    expect((await submit(yaml(2_097_152))).status).toBe(201);
    expect(await submit(yaml(2_097_153))).toMatchObject({ status: 413, text: 'Failed to buffer the request body: length limit exceeded' });
  });
});
