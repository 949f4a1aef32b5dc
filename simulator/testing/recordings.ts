import { readFileSync } from 'node:fs';

/** One answer of a real broker, as it was recorded. */
export interface Recorded {
  name: string;
  request: { method: string; path: string; headers?: Record<string, string>; body?: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}
const folder = new URL('../contract-suite/recordings/', import.meta.url);

export const recording = (file: string): unknown => JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8'));
export const recorded = (file: string) => recording(file) as Recorded[];

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6}|\.\d{9})?Z$/;
const pakPattern = /^brokkr_BR[A-Za-z0-9]{6}_[A-Za-z0-9]{30,}$/;
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return typeof value;
  if (uuidPattern.test(value)) return 'uuid';
  if (timePattern.test(value)) return 'time';
  return pakPattern.test(value) ? 'pak' : 'string';
}
/** What is known of a value at one place: its types, and for objects how often each key was there. */
export interface Shape {
  types: Set<string>;
  objects: number;
  keys: Map<string, { seen: number; shape: Shape }>;
  items: Shape | undefined;
}
export const emptyShape = (): Shape => ({ types: new Set(), objects: 0, keys: new Map(), items: undefined });

/** Free text stays free: an audit row's details belong to its action, labels and values may look like anything. */
export function learn(shape: Shape, value: unknown): Shape {
  if (Array.isArray(value)) {
    shape.types.add('list');
    shape.items ??= emptyShape();
    for (const item of value) learn(shape.items, item);
  } else if (typeof value === 'object' && value !== null) {
    shape.types.add('object');
    shape.objects += 1;
    const action = 'action' in value && typeof value.action === 'string' ? `${value.action} ` : '';
    for (const [key, member] of Object.entries(value)) {
      const name = key === 'details' ? action + key : key;
      const known = shape.keys.get(name) ?? { seen: 0, shape: emptyShape() };
      known.seen += 1;
      learn(known.shape, member);
      shape.keys.set(name, known);
    }
  } else shape.types.add(typeOf(value));
  return shape;
}
/** Where a seen shape is not one the known answers have: unknown keys, missing keys, other types. */
export function differences(seen: Shape, known: Shape, path = '$'): string[] {
  const types = [...seen.types]
    .filter((type) => !known.types.has(type))
    .map((type) => `${path} is ${type}, not ${[...known.types].join('|')}`);
  const unknown = [...seen.keys.keys()]
    .filter((key) => !known.keys.has(key) && !key.includes(' '))
    .map((key) => `${path}.${key} is not known`);
  const missing = [...known.keys]
    .filter(([key, { seen: times }]) => seen.objects > 0 && times === known.objects && seen.keys.get(key)?.seen !== seen.objects)
    .map(([key]) => `${path}.${key} is missing`);
  const inner = [...seen.keys].flatMap(([key, { shape }]) => {
    const other = known.keys.get(key)?.shape;
    return other ? differences(shape, other, `${path}.${key}`) : [];
  });
  const items = seen.items && known.items && known.items.types.size > 0 ? differences(seen.items, known.items, `${path}[]`) : [];
  return [...types, ...unknown, ...missing, ...inner, ...items];
}

/** A path with its ids and free segments taken out, so that answers of one operation can be put together. */
export const operationPath = (path: string) =>
  (path.split('?')[0] ?? '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '{id}')
    .replace(/(labels|annotations)\/[^/]+$/, '$1/{key}');

/** Ids and keys of a recording, and what stands for them here. */
export class Stand {
  readonly #pairs = new Map<string, string>();

  put(there: string, here: string): void {
    this.#pairs.set(there, here);
  }
  in(text: string): string {
    return text
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => this.#pairs.get(id) ?? id)
      .replaceAll(/brokkr_BRexampl_\w+/g, (pak) => this.#pairs.get(pak) ?? pak);
  }
  /** Learns from two answers to the same request: what stands at the same place stands for each other. */
  pair(there: unknown, here: unknown): void {
    if (typeof there === 'string' && typeof here === 'string' && ['uuid', 'pak'].includes(typeOf(here))) this.put(there, here);
    if (typeof there !== 'object' || there === null || Array.isArray(there) || typeof here !== 'object' || here === null) return;
    const known = new Map(Object.entries(here));
    for (const [key, value] of Object.entries(there)) this.pair(value, known.get(key));
  }
}
