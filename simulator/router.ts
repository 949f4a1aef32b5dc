import type { Caller, Who } from './caller.ts';
import type { QueryShape } from './query.ts';
import type { Reply } from './replies.ts';
import type { Shape } from './shapes.ts';

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Params<O extends string> = Record<Names<O>, string>;

/** What a handler may look at besides its parsed path, query and body. */
export interface Call {
  caller: Caller;
  header: (name: string) => string | undefined;
  raw: Uint8Array;
}
export interface Input<B, Q> {
  body?: Shape<B>;
  /** Stands for a body that cannot be read; without it such a body is refused. */
  unread?: B;
  query?: QueryShape<Q>;
  /** The handler reads the bytes itself, so no media type is required. */
  takesBytes?: true;
}
export interface Operation {
  name: string;
  method: string;
  segments: readonly string[];
  who: Who;
  input: Input<unknown, unknown>;
  handle(call: Call & Record<string, unknown>): Reply;
}
export interface On {
  <O extends string>(operation: O, who: Who, handle: (call: Call & Params<O>) => Reply): void;
  <O extends string, B, Q>(
    operation: O,
    who: Who,
    input: Input<B, Q>,
    handle: (call: Call & Params<O> & { body: B; query: Q }) => Reply,
  ): void;
}

/** A place in the path tree: what answers there, by method, and where it goes on. */
interface Place {
  operations: Map<string, Operation>;
  fixed: Map<string, Place>;
  parameter: Place | undefined;
}
export interface Found {
  operations: ReadonlyMap<string, Operation>;
  /** Raw segments that stand where the path has `{…}`. */
  values: readonly string[];
}
const place = (): Place => ({ operations: new Map(), fixed: new Map(), parameter: undefined });
const methodOrder = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A fixed segment goes before a parameter, unless the rest then leads nowhere. */
function walk(at: Place, [segment, ...rest]: readonly string[], values: readonly string[]): Found | undefined {
  if (segment === undefined) return at.operations.size > 0 ? { operations: at.operations, values } : undefined;
  const fixed = at.fixed.get(segment);
  const found = fixed && walk(fixed, rest, values);
  if (found || !at.parameter || (segment === '' && rest.length === 0)) return found;
  return walk(at.parameter, rest, [...values, segment]);
}

export function router() {
  const root = place();
  const add = (name: string, who: Who, input: Input<unknown, unknown>, handle: Operation['handle']) => {
    const [method = '', path = ''] = name.split(' ');
    const segments = path.split('/').slice(1);
    let at = root;
    for (const segment of segments) {
      if (segment.startsWith('{')) at = at.parameter ??= place();
      else {
        const next = at.fixed.get(segment) ?? place();
        at.fixed.set(segment, next);
        at = next;
      }
    }
    at.operations.set(method, { name, method, segments, who, input, handle });
  };
  const on = ((name: string, who: Who, inputOrHandle: Input<unknown, unknown> | Operation['handle'], handle?: Operation['handle']) => {
    if (typeof inputOrHandle === 'function') add(name, who, {}, inputOrHandle);
    else if (handle) add(name, who, inputOrHandle, handle);
  }) as On;
  /** Matching is exact: a trailing slash is a segment of its own, and a parameter may be empty anywhere but at the end. */
  const find = (path: string): Found | undefined => walk(root, path.split('/').slice(1), []);
  return { on, find };
}

/** The `Allow` header of a place, spelled as the broker spells it. */
export function allowed(operations: ReadonlyMap<string, unknown>): string {
  const methods = [...operations.keys(), ...(operations.has('GET') ? ['HEAD'] : [])];
  return methods.toSorted((a, b) => methodOrder.indexOf(a) - methodOrder.indexOf(b)).join(',');
}
