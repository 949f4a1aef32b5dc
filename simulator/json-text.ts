import { type Broken, type Document, type Fault, faultOf, type Member, type Node, type Text } from './json-nodes.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const code = (character: string) => character.charCodeAt(0);
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;
const maxDepth = 1000; // the broker reads what it ignores to any depth, a call stack does not

class Cut extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

const broken = (fault: Fault, where: Broken['where']): Broken => ({ kind: 'broken', fault, where });
/** Reads one part of a container; a fault ends the container but keeps what was read before it. */
const guarded = (read: () => boolean): Fault | undefined => {
  try {
    while (read());
    return undefined;
  } catch (error) {
    if (error instanceof Cut) return error.fault;
    throw error;
  }
};

/**
 * JSON read as the broker's parser reads it: the first fault in document order decides, and says where it stands.
 * A fault inside a value is kept as a `broken` node, because a mistyped member before it is reported instead.
 */
export function parseJson(bytes: Uint8Array): Document {
  let position = 0;
  const fault = (message: string, at: number): Fault => ({ message, at: Math.min(at, bytes.length) });
  const fail = (message: string, at = position + 1): never => {
    throw new Cut(fault(message, at));
  };
  const ended = (what: string): never => fail(`EOF while parsing ${what}`, bytes.length);
  const skipSpace = () => {
    while ([32, 9, 10, 13].includes(bytes[position] ?? 0)) position += 1;
    return bytes[position];
  };

  function word(text: string): void {
    for (const character of text) {
      if (position >= bytes.length) ended('a value');
      if (bytes[position] !== code(character)) fail('expected ident');
      position += 1;
    }
  }
  function digits(): void {
    if (position >= bytes.length) ended('a value');
    if (!isDigit(bytes[position])) fail('invalid number');
    while (isDigit(bytes[position])) position += 1;
  }
  function number(): Node {
    const start = position;
    let kind: 'integer' | 'float' = 'integer';
    if (bytes[position] === code('-')) position += 1;
    if (bytes[position] === code('0')) {
      position += 1;
      if (isDigit(bytes[position])) fail('invalid number');
    } else digits();
    if (bytes[position] === code('.')) {
      kind = 'float';
      position += 1;
      digits();
    }
    if (bytes[position] === code('e') || bytes[position] === code('E')) {
      kind = 'float';
      position += 1;
      if (bytes[position] === code('+') || bytes[position] === code('-')) position += 1;
      digits();
    }
    const text = decoder.decode(bytes.subarray(start, position));
    const amount = Number(text);
    if (text === '-0' || (kind === 'integer' && (BigInt(text) > 18_446_744_073_709_551_615n || BigInt(text) < -9_223_372_036_854_775_808n)))
      kind = 'float';
    const node = { kind, start, end: position, value: amount, text };
    return Number.isFinite(amount) ? node : { ...node, flaw: fault('number out of range', position) };
  }
  function escape(parts: number[], flaws: Fault[]): void {
    position += 1;
    if (position >= bytes.length) ended('a string');
    const byte = bytes[position] ?? 0;
    position += 1;
    const simple = { '"': 34, '\\': 92, '/': 47, b: 8, f: 12, n: 10, r: 13, t: 9 }[String.fromCharCode(byte)];
    if (simple !== undefined) parts.push(simple);
    else if (byte === code('u')) parts.push(...unicode(flaws));
    else fail('invalid escape', position);
  }
  function hex4(): number {
    if (position + 4 > bytes.length) ended('a string');
    const text = String.fromCharCode(...bytes.subarray(position, position + 4));
    position += 4;
    return /^[0-9a-f]{4}$/i.test(text) ? Number.parseInt(text, 16) : fail('invalid escape', position);
  }
  function unicode(flaws: Fault[]): number[] {
    const first = hex4();
    const isLone = (at: number) => flaws.push(fault('lone leading surrogate in hex escape', at));
    if (first >= 0xdc00 && first <= 0xdfff) isLone(position);
    if (first < 0xd800 || first > 0xdbff) return [first];
    const isEscape = bytes[position] === code('\\');
    if (position < bytes.length && !(isEscape && bytes[position + 1] === code('u'))) {
      flaws.push(fault('unexpected end of hex escape', position + (isEscape ? 2 : 1)));
      return [first];
    }
    position += 2;
    const second = hex4();
    if (second < 0xdc00 || second > 0xdfff) isLone(position);
    return [first, second];
  }
  const control = (at: number) => fault('control character (\\u0000-\\u001F) found while parsing a string', at);
  /** A string that does not end is told of by the first flaw in it. */
  function string(): Text {
    const flaws: Fault[] = [];
    try {
      return stringWith(flaws);
    } catch (error) {
      throw error instanceof Cut && flaws[0] ? new Cut({ ...flaws[0], skipped: error.fault.skipped ?? error.fault }) : error;
    }
  }
  function stringWith(flaws: Fault[]): Text {
    const start = position;
    let text = '';
    let from = (position += 1);
    let isValid = true;
    const take = () => {
      try {
        text += decoder.decode(bytes.subarray(from, position));
      } catch {
        isValid = false;
      }
    };
    for (;;) {
      const byte = bytes[position] ?? ended('a string');
      if (byte < 32) throw new Cut({ ...control(position + 1), skipped: control(position) });
      if (byte === code('"') || byte === code('\\')) take();
      if (byte === code('"')) break;
      if (byte !== code('\\')) position += 1;
      else {
        const units: number[] = [];
        escape(units, flaws);
        text += String.fromCharCode(...units);
        from = position;
      }
    }
    position += 1;
    if (!isValid) flaws.push(fault('invalid unicode code point', position));
    return { start, end: position, value: text, ...(flaws[0] && { flaw: flaws[0] }) };
  }
  function sequence(depth: number): Node {
    const start = position;
    const items: Node[] = [];
    position += 1;
    const end = guarded(() => {
      const byte = skipSpace() ?? ended('a list');
      if (byte === code(']')) {
        position += 1;
        return false;
      }
      if (items.length > 0) {
        if (byte !== code(',')) fail('expected `,` or `]`');
        position += 1;
        if ((skipSpace() ?? ended('a value')) === code(']')) fail('trailing comma');
      }
      const node = value(depth + 1);
      items.push(node);
      return faultOf(node) === undefined;
    });
    return { kind: 'sequence', start, end: position, items: end ? [...items, broken(end, 'between')] : items, members: [] };
  }
  function map(depth: number): Node {
    const start = position;
    const members: Member[] = [];
    let keyFlaw: Fault | undefined;
    let isKeyed = false;
    position += 1;
    const end = guarded(() => {
      isKeyed = false;
      let byte = skipSpace() ?? ended('an object');
      if (byte === code('}')) {
        position += 1;
        return false;
      }
      if (members.length > 0) {
        if (byte !== code(',')) fail('expected `,` or `}`');
        position += 1;
        byte = skipSpace() ?? ended('a value');
        if (byte === code('}')) {
          throw new Cut({ ...fault('trailing comma', position + 1), skipped: fault('key must be a string', position + 1) });
        }
      }
      if (byte !== code('"')) fail('key must be a string');
      const key = string();
      keyFlaw = key.flaw;
      isKeyed = true;
      const colon = skipSpace() ?? ended('an object');
      if (colon !== code(':')) fail('expected `:`');
      position += 1;
      const node = value(depth + 1);
      members.push({ key: key.value, keyEnd: key.end, keyFlaw, node });
      keyFlaw = undefined;
      return faultOf(node) === undefined;
    });
    return {
      kind: 'map',
      start,
      end: position,
      items: [],
      members: end ? [...members, { key: '', keyEnd: end.at, keyFlaw, node: broken(end, isKeyed ? 'between' : 'unnamed') }] : members,
    };
  }
  function value(depth: number): Node {
    try {
      const byte = skipSpace() ?? ended('a value');
      const start = position;
      if (byte === code('{') || byte === code('[')) {
        if (depth > maxDepth) fail('recursion limit exceeded');
        return byte === code('{') ? map(depth) : sequence(depth);
      }
      if (byte === code('"')) return { kind: 'string', ...string() };
      if (byte === code('-') || isDigit(byte)) return number();
      if (byte === code('n')) {
        word('null');
        return { kind: 'null', start, end: position, items: [], members: [] };
      }
      if (byte === code('t')) word('true');
      else if (byte === code('f')) word('false');
      else fail('expected value');
      return { kind: 'boolean', start, end: position, value: byte === code('t') };
    } catch (error) {
      if (error instanceof Cut) return broken(error.fault, 'inside');
      throw error;
    }
  }

  const root = value(0);
  return { root, bytes, end: position };
}
