import type * as Yaml from 'yaml';
import type { ResourceName } from './revisions.ts';
import { createLineFinder, splitDocuments } from './yaml-documents.ts';
import type { YamlDocument } from './yaml-documents.ts';

/** What is used of the package `yaml`. It is handed in, so that the contract itself loads no parser. */
export type YamlParser = Pick<typeof Yaml, 'parseDocument' | 'isMap' | 'isSeq' | 'isScalar' | 'isAlias' | 'isNode'>;
type Node = Yaml.Node | null | undefined;

/**
 * Errors are what the broker or an agent refuses, warnings what works but is hardly meant.
 * `detail` holds the parser's words for `syntax`, the key for `duplicate_key`, the member for `not_text`, the resource for
 * `duplicate_resource`, the kind for `list_kind`, the name for `name_form`.
 */
export type ShapeCode =
  | 'empty'
  | 'syntax'
  | 'tab'
  | 'duplicate_key'
  | 'not_an_object'
  | 'api_version_missing'
  | 'kind_missing'
  | 'name_missing'
  | 'not_text'
  | 'name_form'
  | 'list_kind'
  | 'duplicate_resource';
export interface ShapeFinding {
  code: ShapeCode;
  severity: 'error' | 'warning';
  detail: string | null;
  /** From 1, in the whole text. */
  line: number;
  column: number;
}
export interface ShapeDocument {
  /** Number of its first line, from 1. */
  line: number;
  /** Null while it cannot be told. */
  resource: ResourceName | null;
}
export interface KubernetesShape {
  /** Documents that hold something, in their order. */
  documents: ShapeDocument[];
  /** In the order of the text, at most 200. */
  findings: ShapeFinding[];
}
const mostFindings = 200;

/** Is this text a bundle of Kubernetes objects, as far as its form tells? Nothing is asked of any schema. */
export function kubernetesShape(text: string, yaml: YamlParser): KubernetesShape {
  const place = createLineFinder(text);
  const findings: ShapeFinding[] = [];
  const documents: ShapeDocument[] = [];
  const seen = new Set<string>();

  for (const document of splitDocuments(text)) {
    if (!document.hasContent) continue;
    const find: Find = (code, offset, detail = null) => {
      if (findings.length >= mostFindings) return;
      findings.push({ code, severity: warnings.has(code) ? 'warning' : 'error', detail, ...place(document.offset + offset) });
    };
    const read = readDocument(document, yaml, find);
    if (read === 'null') continue;
    documents.push({ line: document.line, resource: read?.resource ?? null });
    if (read === null) continue;
    const name = nameKey(read.resource);
    if (seen.has(name)) find('duplicate_resource', read.nameAt, `${read.resource.kind} ${read.resource.name}`);
    seen.add(name);
  }
  if (documents.length === 0) findings.push({ code: 'empty', severity: 'error', detail: null, line: 1, column: 1 });
  return { documents, findings: findings.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}
const warnings: ReadonlySet<ShapeCode> = new Set<ShapeCode>(['name_form', 'list_kind', 'duplicate_resource']);
type Find = (code: ShapeCode, offset: number, detail?: string | null) => void;

/** RFC 1123, as API servers check almost every name (a namespace is one label); the names of roles and their bindings are freer. */
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const isDnsName = (name: string) => name.length <= 253 && /^[-.a-z0-9]+$/.test(name) && name.split('.').every(isDnsPart);
const isDnsPart = (part: string) => /^[a-z0-9]/.test(part) && /[a-z0-9]$/.test(part);
const hasFreeNames = (apiVersion: string | null) => apiVersion?.startsWith('rbac.authorization.k8s.io/') === true;

/** What makes two objects the same one for Kubernetes: group, kind, namespace and name; the version does not count. */
export function nameKey({ apiVersion, kind, namespace, name }: ResourceName): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return [group, kind, namespace ?? '', name].join('\0');
}

/**
 * Reads one document with the parser. Its own check for equal keys is left off: it compares every pair of keys, which takes
 * minutes for a large flat map; `reportDuplicateKeys` does it in one pass.
 */
function parseYaml(text: string, { parseDocument }: Pick<YamlParser, 'parseDocument'>): Yaml.Document.Parsed {
  return parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
}

function readDocument({ text }: YamlDocument, yaml: YamlParser, find: Find): { resource: ResourceName; nameAt: number } | 'null' | null {
  const document = parseYaml(text, yaml);
  // What was never closed is found at the end: that is the last line with text, not the marker after it.
  const last = text.trimEnd().length;
  for (const { code, message, pos } of document.errors) find(code === 'TAB_AS_INDENT' ? 'tab' : 'syntax', Math.min(pos[0], last), message);
  if (document.errors.length > 0) return null;
  const root: Node = document.contents;
  reportDuplicateKeys(root, yaml, find);
  if (root === null || (yaml.isScalar(root) && root.value === null)) return 'null';
  const at = (node: Node) => node?.range?.[0] ?? 0;
  if (!yaml.isMap(root)) {
    find('not_an_object', at(root));
    return null;
  }
  const member = (map: Node, key: string): Node => {
    const value = yaml.isMap(map) ? map.get(key, true) : undefined;
    const node: unknown = yaml.isAlias(value) ? value.resolve(document) : value;
    return yaml.isNode(node) ? node : undefined;
  };
  /** A text that must be there; null after saying that it is not. */
  function textOf(node: Node, missing: ShapeCode | null, fallback: Node, path: string): string | null {
    const value = yaml.isScalar(node) ? node.value : node == null ? null : node;
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (value !== null && value !== '') find('not_text', at(node), path);
    else if (missing !== null) find(missing, at(node ?? fallback));
    return null;
  }
  const metadata = member(root, 'metadata');
  const apiVersion = textOf(member(root, 'apiVersion'), 'api_version_missing', root, 'apiVersion');
  const kind = textOf(member(root, 'kind'), 'kind_missing', root, 'kind');
  if (kind?.endsWith('List') && yaml.isSeq(member(root, 'items'))) {
    find('list_kind', at(member(root, 'kind')), kind);
    return null;
  }
  const nameNode = member(metadata, 'name');
  const name = textOf(nameNode, 'name_missing', metadata ?? root, 'metadata.name');
  const namespaceNode = member(metadata, 'namespace');
  const namespace = textOf(namespaceNode, null, root, 'metadata.namespace');
  if (name !== null && !isDnsName(name) && !hasFreeNames(apiVersion)) find('name_form', at(nameNode), name);
  if (namespace !== null && !dnsLabel.test(namespace)) find('name_form', at(namespaceNode), namespace);
  return apiVersion === null || kind === null || name === null
    ? null
    : { resource: { apiVersion, kind, namespace, name }, nameAt: at(nameNode) };
}

function reportDuplicateKeys(root: Node, yaml: YamlParser, find: Find): void {
  const waiting: Node[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (yaml.isSeq(node)) for (const item of node.items) if (yaml.isNode(item)) waiting.push(item);
    if (!yaml.isMap(node)) continue;
    const keys = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (yaml.isNode(value)) waiting.push(value);
      if (!yaml.isScalar(key)) continue;
      if (keys.has(key.value)) find('duplicate_key', key.range?.[0] ?? 0, String(key.value));
      keys.add(key.value);
    }
  }
}
