/** What JSON text is read into: values that know where they stand. */
export type Node =
  | { kind: 'null' | 'sequence' | 'map'; start: number; end: number; items: readonly Node[]; members: readonly Member[] }
  | Broken
  | { kind: 'boolean'; start: number; end: number; value: boolean }
  | { kind: 'integer' | 'float'; start: number; end: number; value: number; text: string; flaw?: Fault }
  | ({ kind: 'string' } & Text);
/** A string as it was read. Its flaw is none to whoever ignores the string: bytes that are not UTF-8, half a surrogate pair. */
export interface Text {
  start: number;
  end: number;
  value: string;
  flaw?: Fault;
}
/** Where the text could not be read on: inside a value, between the parts of the container it ends, or before a key was known there. */
export interface Broken {
  kind: 'broken';
  fault: Fault;
  where: 'inside' | 'between' | 'unnamed';
}
export interface Member {
  key: string;
  keyEnd: number;
  keyFlaw?: Fault | undefined;
  node: Node;
}
export interface Fault {
  message: string;
  /** Bytes read when the fault was seen. */
  at: number;
  /** What is seen instead where the value is only skipped. */
  skipped?: Fault;
}
export interface Document {
  root: Node;
  bytes: Uint8Array;
  /** Where the first value ends; what follows it is not looked at. */
  end: number;
}

/** The fault that reading ended with, when it ended inside this node. */
export function faultOf(node: Node | undefined): Fault | undefined {
  if (node?.kind === 'sequence') return faultOf(node.items.at(-1));
  if (node?.kind === 'map') return faultOf(node.members.at(-1)?.node);
  return node?.kind === 'broken' ? node.fault : undefined;
}
/** The plain value of a whole node. */
export function plain(node: Node): unknown {
  if (node.kind === 'sequence') return node.items.map(plain);
  if (node.kind === 'map') return Object.fromEntries(node.members.map(({ key, node: member }) => [key, plain(member)]));
  return 'value' in node ? node.value : null;
}

export function lineAndColumn(bytes: Uint8Array, at: number): string {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < at; i += 1) {
    if (bytes[i] === 10) {
      line += 1;
      lineStart = i + 1;
    }
  }
  return `line ${String(line)} column ${String(at - lineStart)}`;
}
