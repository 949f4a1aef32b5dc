import { type Document, type Fault, faultOf, lineAndColumn, type Node, plain } from './json-nodes.ts';
import { type Micros, parseRfc3339 } from './time.ts';
import { parseUuid } from './uuid.ts';

const deepest = 127;

/** Why a body or a query was not taken: a fault of syntax is 400, one of shape 422. */
export class ShapeError extends Error {
  readonly kind: 'syntax' | 'shape';
  readonly path: string;
  readonly at: number;
  constructor(kind: 'syntax' | 'shape', path: string, message: string, at: number) {
    super(message);
    this.kind = kind;
    this.path = path;
    this.at = at;
  }
}
/** Reads a node, naming the path it stands at in whatever it throws. @throws ShapeError */
export type Shape<T> = (node: Node, path: string) => T;
interface Field<T> {
  shape: Shape<T>;
  /** What stands for an absent member; without one the member is mandatory. */
  absent?: { value: T };
}

/** Written out between 1e-5 and 1e16, and never without a point or an exponent. */
const float = (value: number) => {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-5 || size >= 1e16)) return value.toExponential();
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
};
function described(node: Node): string {
  if (node.kind === 'string') return `string ${JSON.stringify(node.value)}`;
  if (node.kind === 'boolean') return `boolean \`${String(node.value)}\``;
  if (node.kind === 'integer') return `integer \`${node.text}\``;
  if (node.kind === 'float') return `floating point \`${float(node.value)}\``;
  return node.kind;
}
const cut = ({ message, at }: Fault, path: string): never => {
  throw new ShapeError('syntax', path, message, at);
};
const indexed = (path: string, index: number, item: Node) =>
  item.kind === 'broken' && item.isBetween ? path : `${path}[${String(index)}]`;
const named = (path: string, key: string, member: Node) =>
  member.kind === 'broken' && member.isBetween ? path : path ? `${path}.${key}` : key;
function mistyped(node: Node, path: string, expected: string): never {
  if (node.kind === 'broken') return cut(node.fault, path);
  const at = node.kind === 'sequence' || node.kind === 'map' ? node.start : node.end;
  throw new ShapeError('shape', path, `invalid type: ${described(node)}, expected ${expected}`, at);
}

export const string: Shape<string> = (node, path) => (node.kind === 'string' ? node.value : mistyped(node, path, 'a string'));
export const boolean: Shape<boolean> = (node, path) => (node.kind === 'boolean' ? node.value : mistyped(node, path, 'a boolean'));
export const int32: Shape<number> = (node, path) => {
  if (node.kind !== 'integer') return mistyped(node, path, 'i32');
  if (Math.abs(node.value) <= 2_147_483_647) return node.value;
  throw new ShapeError('shape', path, `invalid value: integer \`${node.text}\`, expected i32`, node.end);
};
export const uuid: Shape<string> = (node, path) => {
  if (node.kind !== 'string') return mistyped(node, path, 'a UUID string');
  const parsed = parseUuid(node.value);
  if ('uuid' in parsed) return parsed.uuid;
  throw new ShapeError('shape', path, parsed.refusal, node.end);
};
export const timestamp: Shape<Micros> = (node, path) => {
  if (node.kind !== 'string') return mistyped(node, path, 'an RFC 3339 formatted date and time string');
  const parsed = parseRfc3339(node.value);
  if (typeof parsed === 'number') return parsed;
  throw new ShapeError('shape', path, parsed.refusal, node.end);
};
/** Any JSON, as long as it is JSON and not nested too deeply. */
export const anything: Shape<unknown> = (node, path) => {
  inspect(node, path, 1);
  return plain(node);
};
function inspect(node: Node, path: string, depth: number): void {
  if (node.kind === 'broken') return cut(node.fault, path);
  if (node.kind !== 'sequence' && node.kind !== 'map') return;
  if (depth > deepest) cut({ message: 'recursion limit exceeded', at: node.start + 1 }, path);
  for (const [index, item] of node.items.entries()) inspect(item, indexed(path, index, item), depth + 1);
  for (const { key, node: member } of node.members) inspect(member, named(path, key, member), depth + 1);
}
export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (node, path) =>
    node.kind === 'null' ? null : shape(node, path);
export const list =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (node, path) => {
    if (node.kind !== 'sequence') return mistyped(node, path, 'a sequence');
    return node.items.map((item, index) => shape(item, indexed(path, index, item)));
  };

export const required = <T>(shape: Shape<T>): Field<T> => ({ shape });
/** Absent and null are one. */
export const optional = <T>(shape: Shape<T>): Field<T | null> => ({ shape: nullable(shape), absent: { value: null } });
export const defaulted = <T>(shape: Shape<T>, value: T): Field<T> => ({ shape, absent: { value } });

type Fields = Record<string, Field<unknown>>;
export type Of<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** An object by its members; unknown ones are ignored. The broker also takes the members' values as a bare list, in order. */
export function struct<F extends Fields>(name: string, fields: F): Shape<Of<F>> {
  const entries = Object.entries<Field<unknown>>(fields);
  function fromList(node: Node & { kind: 'sequence' }, path: string): Record<string, unknown> {
    const values = entries.map(([key, field], index) => {
      const item = node.items[index];
      if (item) return [key, field.shape(item, indexed(path, index, item))] as const;
      if (field.absent) return [key, field.absent.value] as const;
      throw new ShapeError(
        'shape',
        path,
        `invalid length ${String(node.items.length)}, expected struct ${name} with ${String(entries.length)} elements`,
        node.end,
      );
    });
    const extra = node.items[entries.length];
    if (extra) cut(extra.kind === 'broken' ? extra.fault : { message: 'trailing characters', at: extra.start + 1 }, path);
    return Object.fromEntries(values);
  }
  return (node, path) => {
    if (node.kind === 'sequence') return fromList({ ...node, kind: 'sequence' }, path) as Of<F>;
    if (node.kind !== 'map') return mistyped(node, path, `struct ${name}`);
    const found: Record<string, unknown> = {};
    for (const { key, keyEnd, node: member } of node.members) {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field && Object.hasOwn(found, key)) throw new ShapeError('shape', path, `duplicate field \`${key}\``, keyEnd);
      const fault = field ? undefined : faultOf(member); // what is ignored is still read
      if (fault) cut(fault, named(path, key, member));
      if (field) found[key] = field.shape(member, named(path, key, member));
    }
    for (const [key, field] of entries) {
      if (Object.hasOwn(found, key)) continue;
      if (!field.absent) throw new ShapeError('shape', path, `missing field \`${key}\``, node.end);
      found[key] = field.absent.value;
    }
    return found as Of<F>;
  };
}

/** `<path>: <message> at line 1 column 9` */
export const located = (error: ShapeError, document: Document, { withPath }: { withPath: boolean }) =>
  `${withPath && error.path ? `${error.path}: ` : ''}${error.message} at ${lineAndColumn(document.bytes, error.at)}`;
