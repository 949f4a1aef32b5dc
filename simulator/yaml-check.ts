import { type Document, parseAllDocuments, visit } from 'yaml';

interface Fault {
  message: string;
  at?: { line: number; col: number } | undefined;
}
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;
/** The broker's parser knows more line breaks than the one here. */
const breaks = /[\u0085\u2028\u2029]|\r(?!\n)/g;
const typed = /tag:yaml\.org,2002:(int|float|bool|null)\b/;

/** An alias needs its anchor before it, and not around it. */
function badAlias(document: Document): Fault | undefined {
  let fault: Fault | undefined;
  visit(document, {
    Alias(_key, alias, path) {
      const target = alias.resolve(document);
      if (!target) fault = { message: 'unknown anchor' };
      else if (path.includes(target)) fault = { message: 'recursion limit exceeded' };
      return fault ? visit.BREAK : undefined;
    },
  });
  return fault;
}
/** What the one parser refuses and the other lets pass. */
function stricter(document: Document, index: number, hasAliases: boolean): Fault | undefined {
  if (index > 0 && document.directives?.docStart !== true) return { message: 'did not find expected <document start>' };
  const warning = document.warnings.find(({ code, message }) => code === 'BAD_DIRECTIVE' || typed.test(message));
  if (warning) return { message: warning.message.split('\n')[0] ?? '', at: warning.linePos?.[0] };
  return hasAliases ? badAlias(document) : undefined;
}

/** Why the broker refuses a text as YAML, nearly in its words; undefined when it holds at least one document that is not null. */
export function yamlFault(content: string): string | undefined {
  if (controls.test(content)) return 'invalid YAML: control characters are not allowed';
  const documents = parseAllDocuments(content.replaceAll(breaks, '\n'));
  if ('empty' in documents) return 'YAML content has no documents';
  const hasAliases = content.includes('*');
  for (const [index, document] of documents.entries()) {
    const [error] = document.errors;
    const fault = error ? { message: error.message.split('\n')[0] ?? '', at: error.linePos?.[0] } : stricter(document, index, hasAliases);
    if (fault)
      return `invalid YAML: ${fault.message.replace(/:? at line \d+, column \d+:?$/, '')}${fault.at ? ` at line ${String(fault.at.line)} column ${String(fault.at.col)}` : ''}`;
  }
  return documents.every(({ contents }) => contents === null || contents.toJSON() === null) ? 'YAML content has no documents' : undefined;
}
