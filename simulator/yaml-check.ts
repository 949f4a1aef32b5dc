import { type Document, isAlias, isScalar, type Pair, parseAllDocuments, type ParsedNode, visit, type YAMLMap } from 'yaml';

interface Fault {
  message: string;
  at?: { line: number; col: number } | undefined;
}
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;
/** The broker's parser knows more line breaks than the one here. */
const breaks = /[\u0085\u2028\u2029]|\r(?!\n)/g;
const typed = /^tag:yaml\.org,2002:(int|float|bool|null)$/;
/** To the broker any tag is one, as long as its handle is known. */
const plainTag = /^Could not resolve tag: !(!|[^!]*$)/;
const longestKey = 1024;

/** What the broker wants of a key without `?`: to be there, on one line, and not too long. */
function keyFault({ key, srcToken }: Pair, source: string): string | undefined {
  const isExplicit = srcToken?.start.some(({ type }) => type === 'explicit-key-ind');
  const range = (key as ParsedNode | null)?.range;
  if (isExplicit || !srcToken || !range) return undefined;
  const text = source.slice(range[0], range[1]);
  if (text === '' && isScalar(key) && !key.anchor && !key.tag) return 'did not find expected key';
  if (text.includes('\n') || text.length > longestKey) return "could not find expected ':'";
  return undefined;
}
/** In braces a bare word does not end before `:,`. */
const endsInColon = (node: unknown, source: string) => {
  const end = isScalar(node) && node.type === 'PLAIN' ? (node as ParsedNode).range[1] : undefined;
  return end !== undefined && /^:[,?[\]{}]/.test(source.slice(end, end + 2));
};
/** The parser's own search compares each key with every other. */
function duplicate({ items }: YAMLMap, document: Document): string | undefined {
  const seen = new Set<string>();
  for (const { key } of items) {
    const named = isAlias(key) ? key.resolve(document) : key;
    if (!isScalar(named)) continue;
    const text = JSON.stringify(named.value) ?? '';
    if (seen.has(text)) return `duplicate entry with key ${text}`;
    seen.add(text);
  }
  return undefined;
}
/** What the one parser refuses and the other lets pass, inside a document. */
function badNode(document: Document, source: string, hasAliases: boolean): Fault | undefined {
  let fault: Fault | undefined;
  const end = (message: string | undefined) => {
    if (message !== undefined) fault = { message };
    return fault ? visit.BREAK : undefined;
  };
  visit(document, {
    Pair: (_key, pair, path) => {
      const isFlow = 'flow' in (path.at(-1) ?? {});
      return end(keyFault(pair, source) ?? (isFlow && endsInColon(pair.key, source) ? "found unexpected ':'" : undefined));
    },
    Map: (_key, map) => end(duplicate(map, document)),
    Scalar: (_key, { tag, value }) => end(tag !== undefined && typed.test(tag) && typeof value === 'string' ? `no ${tag}` : undefined),
    Alias(_key, alias, path) {
      if (!hasAliases) return undefined;
      const target = alias.resolve(document); // it needs its anchor before it, and not around it
      return end(target ? (path.includes(target) ? 'recursion limit exceeded' : undefined) : 'unknown anchor');
    },
  });
  return fault;
}
function stricter(document: Document, index: number, source: string): Fault | undefined {
  if (index > 0 && document.directives?.docStart !== true) return { message: 'did not find expected <document start>' };
  const warning = document.warnings.find(({ code }) => code === 'BAD_DIRECTIVE');
  if (warning) return { message: warning.message.split('\n')[0] ?? '', at: warning.linePos?.[0] };
  return badNode(document, source, source.includes('*'));
}

/** Why the broker refuses a text as YAML, nearly in its words; undefined when it holds at least one document that is not null. */
export function yamlFault(content: string): string | undefined {
  if (controls.test(content)) return 'invalid YAML: control characters are not allowed';
  // A byte order mark is a column of its own to the broker: the line that begins with it stands further right than the others.
  const source = content.replaceAll(breaks, '\n').replace(/^\ufeff/, ' ');
  const documents = parseAllDocuments(source, { keepSourceTokens: true, uniqueKeys: false });
  if ('empty' in documents) return 'YAML content has no documents';
  for (const [index, document] of documents.entries()) {
    const error = document.errors.find(({ message }) => !plainTag.test(message));
    const fault = error ? { message: error.message.split('\n')[0] ?? '', at: error.linePos?.[0] } : stricter(document, index, source);
    if (fault)
      return `invalid YAML: ${fault.message.replace(/:? at line \d+, column \d+:?$/, '')}${fault.at ? ` at line ${String(fault.at.line)} column ${String(fault.at.col)}` : ''}`;
  }
  return documents.every(({ contents }) => contents === null || contents.toJSON() === null) ? 'YAML content has no documents' : undefined;
}
