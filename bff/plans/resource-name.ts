import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import { kubernetesShape } from '#contract/kubernetes-shape.ts';
import type { YamlParser } from '#contract/kubernetes-shape.ts';
import type { ResourceName } from '#contract/revisions.ts';
import { splitDocuments } from '#contract/yaml-documents.ts';
import type { YamlDocument } from '#contract/yaml-documents.ts';

const parser: YamlParser = { isAlias, isMap, isNode, isScalar, isSeq, parseDocument };
/** A parser needs a second for a text of full size, on the thread that serves everybody: only odd documents are given to it. */
const mostParsedCharacters = 128 * 1024;

export interface NamedDocument {
  document: YamlDocument;
  /** Null for one that names no object, or only in a way that is too costly to find out. */
  resource: ResourceName | null;
}
/** The documents of a bundle with the objects they hold; those that are blank but for comments come without a name. */
export function namedDocuments(text: string): NamedDocument[] {
  let left = mostParsedCharacters;
  return splitDocuments(text).map((document) => {
    if (!document.hasContent) return { document, resource: null };
    const plain = plainName(document.text);
    if (plain !== undefined) return { document, resource: plain };
    left -= document.text.length;
    return { document, resource: left < 0 ? null : (kubernetesShape(document.text, parser).documents[0]?.resource ?? null) };
  });
}

/**
 * `key: value`, both as people write them; the value may be followed by a comment. White space at the end of the line is taken
 * away before: a pattern that looks for it looks again behind every character.
 */
const member = /^([A-Za-z][\w.-]*):(?:[ ]+(\S.*))?$/;
const plainText = /^(?:"([^"\\]+)"|'([^']+)'|([A-Za-z][\w./-]*(?::[\w./-]+)*))(?:\s+#.*)?$/;
const named: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'name', 'namespace']);
/** Plain words that YAML takes for something else than text. */
const notText = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/**
 * The name of an object written in the usual block style, by its lines alone: keys at the first column, and below
 * `metadata` at one depth. Everything else (flow style, anchors, tags, odd keys) is undefined, never guessed.
 */
export function plainName(text: string): ResourceName | undefined {
  const top = new Map<string, string>();
  const metadata = new Map<string, string>();
  let isInMetadata = false;
  let depth = 0;
  /** How deep the last of the named members stands: what follows deeper would go on with its text. */
  let scalarAt: number | null = null;
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    if (indent === -1 || line.charAt(indent) === '#') continue;
    if (line.slice(0, indent).includes('\t') || (scalarAt !== null && indent > scalarAt)) return undefined;
    scalarAt = null;
    if (indent > 0 && !isInMetadata) continue;
    if (indent > 0 && depth === 0) depth = indent;
    if (indent > depth) continue;
    const [, key, value = ''] = member.exec(line.slice(indent).trimEnd()) ?? [];
    const isItem = line.startsWith('- ', indent) || line.trim() === '-';
    if (isItem && (indent > 0 || !isInMetadata)) continue; // items may stand as deep as their key
    if (key === undefined || (indent > 0 && indent < depth)) return undefined;
    const into = indent === 0 ? top : metadata;
    if (into.has(key)) return undefined;
    into.set(key, value);
    if (value !== '' && named.has(key)) scalarAt = indent;
    if (indent > 0) continue;
    isInMetadata = key === 'metadata';
    if (isInMetadata && value !== '' && !value.startsWith('#')) return undefined;
  }
  const [apiVersion, kind, name] = [top.get('apiVersion'), top.get('kind'), metadata.get('name')].map(textOf);
  if (apiVersion === undefined || kind === undefined || name === undefined || kind.endsWith('List')) return undefined;
  const namespace = metadata.has('namespace') ? textOf(metadata.get('namespace')) : null;
  return namespace === undefined ? undefined : { apiVersion, kind, namespace, name };
}
function textOf(value: string | undefined): string | undefined {
  const [, double, single, plain] = plainText.exec(value ?? '') ?? [];
  return plain !== undefined && notText.test(plain) ? undefined : (double ?? single ?? plain);
}
