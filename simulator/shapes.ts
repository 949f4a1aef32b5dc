import { type Broken, type Document, type Fault, faultOf, lineAndColumn, type Node, plain, type Text } from './json-nodes.ts';
import { type Micros, parseRfc3339, rfc3339Exact } from './time.ts';
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
  absent?: { value: T; inLists: boolean };
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
const indexed = (path: string, index: number, item: Node) => (isBetween(item) ? path : `${path}[${String(index)}]`);
/** Where no key is known yet a path ends with `?`, but for the outermost. */
const unnamed = (path: string) => (path ? `${path}.?` : path);
const isBetween = (node: Node): node is Broken => node.kind === 'broken' && node.where !== 'inside';
function named(path: string, key: string, member: Node): string {
  if (isBetween(member)) return member.where === 'unnamed' ? unnamed(path) : path;
  return path ? `${path}.${key}` : key;
}
/** What spoils the value for whoever wants it, while a reader that skips it would go on. */
const flawOf = (node: Node) => ('flaw' in node ? node.flaw : undefined);
function mistyped(node: Node, path: string, expected: string): never {
  if (node.kind === 'broken') return cut(node.fault, path);
  const flaw = flawOf(node);
  if (flaw) return cut(flaw, path);
  const at = node.kind === 'sequence' || node.kind === 'map' ? node.start : node.end;
  throw new ShapeError('shape', path, `invalid type: ${described(node)}, expected ${expected}`, at);
}

const aString = (node: Node, path: string, expected: string): Text =>
  node.kind === 'string' && !node.flaw ? node : mistyped(node, path, expected);
export const string: Shape<string> = (node, path) => aString(node, path, 'a string').value;
export const boolean: Shape<boolean> = (node, path) => (node.kind === 'boolean' ? node.value : mistyped(node, path, 'a boolean'));
export const int32: Shape<number> = (node, path) => {
  if (node.kind !== 'integer') return mistyped(node, path, 'i32');
  if (node.value >= -2_147_483_648 && node.value <= 2_147_483_647) return node.value;
  throw new ShapeError('shape', path, `invalid value: integer \`${node.text}\`, expected i32`, node.end);
};
export const uuid: Shape<string> = (node, path) => {
  const { value, end } = aString(node, path, 'a UUID string');
  const parsed = parseUuid(value);
  if ('uuid' in parsed) return parsed.uuid;
  throw new ShapeError('shape', path, parsed.refusal, end);
};
const aTime = 'an RFC 3339 formatted date and time string';
export const timestamp: Shape<Micros> = (node, path) => {
  const { value, end } = aString(node, path, aTime);
  const parsed = parseRfc3339(value);
  if (typeof parsed === 'number') return parsed;
  throw new ShapeError('shape', path, parsed.refusal, end);
};
/** A time that is passed on as it came, to the nanosecond. */
export const exactTime: Shape<string> = (node, path) => {
  const { value, end } = aString(node, path, aTime);
  const exact = rfc3339Exact(value);
  if (typeof exact === 'string') return exact;
  throw new ShapeError('shape', path, exact.refusal, end);
};
/** One of a few words. */
export const oneOf =
  <const T extends string>(words: readonly T[]): Shape<T> =>
  (node, path) => {
    const { value, end } = aString(node, path, 'a variant identifier');
    const known = words.find((word) => word === value);
    if (known !== undefined) return known;
    throw new ShapeError(
      'shape',
      path,
      `unknown variant \`${value}\`, expected one of ${words.map((word) => `\`${word}\``).join(', ')}`,
      end,
    );
  };
/** Any JSON, as long as it is JSON and not nested too deeply. */
export const anything: Shape<unknown> = (node, path) => {
  inspect(node, path, 1);
  return plain(node);
};
function inspect(node: Node, path: string, depth: number): void {
  const fault = node.kind === 'broken' ? node.fault : flawOf(node);
  if (fault) return cut(fault, path);
  if (node.kind !== 'sequence' && node.kind !== 'map') return;
  if (depth > deepest) cut({ message: 'recursion limit exceeded', at: node.start + 1 }, path);
  for (const [index, item] of node.items.entries()) inspect(item, indexed(path, index, item), depth + 1);
  for (const { key, keyFlaw, node: member } of node.members) {
    if (keyFlaw) cut(keyFlaw, unnamed(path));
    inspect(member, named(path, key, member), depth + 1);
  }
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
/** Absent and null are one; a list of the values must name it all the same. */
export const optional = <T>(shape: Shape<T>): Field<T | null> => ({ shape: nullable(shape), absent: { value: null, inLists: false } });
export const defaulted = <T>(shape: Shape<T>, value: T): Field<T> => ({ shape, absent: { value, inLists: true } });

type Fields = Record<string, Field<unknown>>;
export type Of<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** An object by its members; unknown ones are ignored. The broker also takes the members' values as a bare list, in order. */
export function struct<F extends Fields>(name: string, fields: F): Shape<Of<F>> {
  const entries = Object.entries<Field<unknown>>(fields);
  function fromList(node: Node & { kind: 'sequence' }, path: string): Record<string, unknown> {
    const values = entries.map(([key, field], index) => {
      const item = node.items[index];
      if (item) return [key, field.shape(item, indexed(path, index, item))] as const;
      if (field.absent?.inLists) return [key, field.absent.value] as const;
      throw new ShapeError(
        'shape',
        path,
        `invalid length ${String(node.items.length)}, expected struct ${name} with ${String(entries.length)} element${entries.length === 1 ? '' : 's'}`,
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
    for (const { key, keyEnd, keyFlaw, node: member } of node.members) {
      if (keyFlaw) cut(keyFlaw, unnamed(path));
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field && Object.hasOwn(found, key)) throw new ShapeError('shape', path, `duplicate field \`${key}\``, keyEnd);
      if (isBetween(member)) cut(member.fault, named(path, key, member));
      const fault = field ? undefined : faultOf(member); // what is ignored is still read
      if (fault) cut(fault.skipped ?? fault, named(path, key, member));
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
