import { parseAllDocuments } from 'yaml';
import { describe, expect, test } from 'vitest';
import { createLineFinder, splitDocuments } from './yaml-documents.ts';

const texts = (text: string) => splitDocuments(text).map((it) => it.text);

describe('documents of a stream', () => {
  test('are split at markers, each with its text as it stands and the line it begins at', () => {
    const stream = 'a: 1\n---\nb: 2 # two\n\n---   # third\nc: 3\n';
    expect(splitDocuments(stream)).toEqual([
      { text: 'a: 1\n', offset: 0, line: 1, hasContent: true },
      { text: 'b: 2 # two\n\n', offset: 9, line: 3, hasContent: true },
      { text: 'c: 3\n', offset: 35, line: 6, hasContent: true },
    ]);
  });
  test('a marker with content is part of its document', () => {
    expect(texts('--- {a: 1}\n--- |\n text\n')).toEqual(['--- {a: 1}\n', '--- |\n text\n']);
  });
  test('what only looks like a marker is none', () => {
    const one = 'a: |\n  ---\n  ...\nb: ---x\n----\n';
    expect(texts(one)).toEqual([one]);
  });
  test('three dots end a document, directives belong to the next one', () => {
    expect(texts('a: 1\n...\n%YAML 1.2\n---\nb: 2\n')).toEqual(['a: 1\n', '%YAML 1.2\n---\nb: 2\n']);
  });
  test('comments alone are kept but hold nothing, blank ones are no documents', () => {
    expect(splitDocuments('# licence\n---\n\n---\n  \n---\na: 1')).toEqual([
      { text: '# licence\n', offset: 0, line: 1, hasContent: false },
      { text: 'a: 1', offset: 26, line: 7, hasContent: true },
    ]);
    expect(splitDocuments('')).toEqual([]);
  });
  test('lines may end as on Windows', () => {
    expect(texts('a: 1\r\n---\r\nb: 2\r\n')).toEqual(['a: 1\r\n', 'b: 2\r\n']);
  });
  test.each([
    'a: 1\n---\nb: 2\n---\n# nothing\n---\nc: 3\n',
    '---\na: "x\n  --- y"\n---\n- 1\n...\n---\n{b: [1,\n 2]}\n',
    'k: >-\n  ---\n\n  more\n---\nz: |+\n  x\n\n\n---\nlast: 1',
  ])('hold what a parser finds in the whole stream: %j', (stream) => {
    const whole = parseAllDocuments(stream).map((document) => document.toJS() as unknown);
    const split = splitDocuments(stream).map(
      ({ text }) => parseAllDocuments(text).map((document) => document.toJS() as unknown)[0] ?? null,
    );
    expect(split).toEqual(whole.filter((value, at) => value !== null || split[at] === null));
  });
});

test('a place is told as line and column from 1', () => {
  const place = createLineFinder('ab\n\ncd');
  expect([0, 1, 2, 3, 4, 5].map(place)).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 3, column: 2 },
  ]);
});
