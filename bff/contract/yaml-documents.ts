/** One document of a YAML stream, with its text as it stands there. */
export interface YamlDocument {
  text: string;
  /** Where the text begins in the whole, and the number of that line, from 1. */
  offset: number;
  line: number;
  /** False when there is nothing but blank lines and comments. */
  hasContent: boolean;
}

const blank = /^\s*(?:#.*)?$/;
/** A marker stands at the first column before white space; nothing within a document can look like it (YAML 1.2, c-forbidden). */
const isMarker = (line: string, marker: '---' | '...') => line.startsWith(marker) && (line.length === 3 || /\s/.test(line.charAt(3)));

/** The documents of a stream, by its markers alone: no parser is asked, so that a fault in one leaves the others readable. */
export function splitDocuments(text: string): YamlDocument[] {
  const documents: YamlDocument[] = [];
  let begun = { offset: 0, line: 1, hasContent: false, hasDirective: false };

  function end(offset: number) {
    const own = text.slice(begun.offset, offset);
    if (own.trim() !== '') documents.push({ text: own, offset: begun.offset, line: begun.line, hasContent: begun.hasContent });
  }
  for (let offset = 0, line = 1; offset < text.length; line += 1) {
    const newline = text.indexOf('\n', offset);
    const next = newline === -1 ? text.length : newline + 1;
    const own = text.slice(offset, newline === -1 ? next : newline).replace(/\r$/, '');
    if (isMarker(own, '---')) {
      const isBare = blank.test(own.slice(3));
      if (begun.hasDirective) begun = { ...begun, hasDirective: false, hasContent: !isBare }; // directives belong to what follows them
      else {
        end(offset);
        begun = { offset: isBare ? next : offset, line: isBare ? line + 1 : line, hasContent: !isBare, hasDirective: false };
      }
    } else if (isMarker(own, '...')) {
      end(offset);
      begun = { offset: next, line: line + 1, hasContent: false, hasDirective: false };
    } else if (own.startsWith('%') && !begun.hasContent) begun.hasDirective = true;
    else if (!begun.hasContent && !blank.test(own)) begun.hasContent = true;
    offset = next;
  }
  end(text.length);
  return documents;
}

/** Line and column, from 1, of places in a text. */
export function createLineFinder(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
