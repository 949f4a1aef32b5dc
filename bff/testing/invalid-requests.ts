import { needsIdempotencyKey } from '#bff/pipeline/mode.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { pageHeaders, type Ask } from '#bff/http/testing/start-console.ts';
import type * as z from 'zod/mini';
import { sampleOf } from './samples.ts';

export interface InvalidRequest {
  /** What is wrong with it. */
  fault: string;
  path: string;
  ask: Ask;
}
type PickOne = <T>(items: readonly T[]) => T;
interface Parts {
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
}
const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
const wrongValues: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  true,
  '',
  [],
  {},
  [[]],
  'x'.repeat(3_000),
  'x'.repeat(300_000),
  '\u0000',
  '\ud800',
  '../..',
  deep(40),
  Array.from({ length: 1_001 }, () => 'x'),
  { $ne: null },
];
const wrongParams = [
  'x',
  '..',
  '.',
  '%2e%2e',
  '%2F',
  '%00',
  'a%5cb',
  '0D9E1C53-4F0E-4F3A-8F5D-1D2F3A4B5C6D',
  '-1',
  '1e3',
  'x'.repeat(3_000),
  '%F0%9F%98%80',
  '%zz',
  '%c0%ae',
];
const wrongQueries = ['', 'x', '-1', '0', '999999999999', '1.5', 'NaN', '\u0000', 'x'.repeat(1_000), "'; drop table x; --"];
const strangers = ['__proto__', 'constructor', 'prototype', 'isAdmin', '$where', 'id', ''];

/** Requests that the contract does not take, without end, the same for the same seed. */
export function* invalidRequests(endpoints: readonly Endpoint[], seed: number): Generator<InvalidRequest, never> {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick: PickOne = (items) => {
    const [item] = items.slice(below(items.length));
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  };
  for (;;) {
    const endpoint = pick(endpoints);
    const fault = pick(faults);
    const parts = fault.spoil(endpoint, soundParts(endpoint), pick);
    if (parts)
      yield {
        fault: `${endpoint.id}: ${fault.name}`,
        path: urlOf(parts),
        ask: { method: parts.method ?? endpoint.method, headers: parts.headers, ...bodyOf(endpoint, parts) },
      };
  }
}

function soundParts({ method, path, request }: Endpoint): Parts {
  const params = (request.params ? sampleOf(request.params) : {}) as Record<string, string>;
  const changes = method !== 'GET';
  return {
    path: path.replaceAll(/:(\w+)/g, (_match, name: string) => params[name] ?? ''),
    query: {},
    headers: {
      ...(changes ? { ...pageHeaders, 'idempotency-key': '0d9e1c53-4f0e-4f3a-8f5d-1d2f3a4b5c6d' } : {}),
      ...(request.headers ? (sampleOf(request.headers) as Record<string, string>) : {}),
    },
    body: request.body ? sampleOf(request.body) : undefined,
  };
}
const urlOf = ({ path, query }: Parts): string => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one.toWellFormed())}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
};
const bodyOf = ({ method }: Endpoint, { body, rawBody }: Spoiled): Pick<Ask, 'body'> =>
  rawBody !== undefined ? { body: rawBody } : method === 'GET' || body === undefined ? {} : { body: JSON.stringify(body) };

interface Spoiled extends Parts {
  method?: string;
  rawBody?: string;
}
interface Fault {
  name: string;
  /** Undefined where the endpoint has no such part, or took what was meant to be wrong. */
  spoil: (endpoint: Endpoint, sound: Parts, pick: PickOne) => Spoiled | undefined;
}
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const takes = (schema: z.ZodMiniType | undefined, value: unknown): boolean => schema?.safeParse(value).success === true;
/** What travels: a lone surrogate or an undefined member looks different on the other side. */
const travelled = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const withBody = (endpoint: Endpoint, sound: Parts, body: unknown): Spoiled | undefined =>
  endpoint.request.body && !takes(endpoint.request.body, travelled(body)) ? { ...sound, body } : undefined;
const whereChanges =
  (spoil: Fault['spoil']): Fault['spoil'] =>
  (endpoint, sound, pick) =>
    endpoint.method === 'GET' ? undefined : spoil(endpoint, sound, pick);

const faults: readonly Fault[] = [
  {
    name: 'a wrong value in the body',
    spoil: (endpoint, sound, pick) => {
      if (!isRecord(sound.body) || Object.keys(sound.body).length === 0) return undefined;
      return withBody(endpoint, sound, { ...sound.body, [pick(Object.keys(sound.body))]: pick(wrongValues) });
    },
  },
  {
    name: 'a missing member',
    spoil: (endpoint, sound, pick) => {
      if (!isRecord(sound.body) || Object.keys(sound.body).length === 0) return undefined;
      const gone = pick(Object.keys(sound.body));
      return withBody(endpoint, sound, Object.fromEntries(Object.entries(sound.body).filter(([name]) => name !== gone)));
    },
  },
  {
    name: 'a stranger in the body',
    spoil: (endpoint, sound, pick) => {
      if (!isRecord(sound.body) || !endpoint.request.body) return undefined;
      const members = Object.entries(sound.body).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
      return {
        ...sound,
        rawBody: `{${[...members, `${JSON.stringify(pick(strangers))}:${JSON.stringify(pick([1, {}, { isAdmin: true }, 'x']))}`].join(',')}}`,
      };
    },
  },
  {
    name: 'a body that is no object',
    spoil: (endpoint, sound, pick) => withBody(endpoint, sound, pick([[], 'x', 1, null, true, deep(40)])),
  },
  { name: 'no body', spoil: whereChanges((endpoint, sound) => (endpoint.request.body ? { ...sound, body: undefined } : undefined)) },
  {
    name: 'no JSON',
    spoil: whereChanges((_endpoint, sound, pick) => ({
      ...sound,
      rawBody: pick(['{', '{"a":}', 'a=b', '\u0000', '{"a":1}}', '<x/>', '{"a":NaN}', "{'a':1}"]),
    })),
  },
  {
    name: 'another media type',
    spoil: whereChanges((_endpoint, sound, pick) => ({
      ...sound,
      headers: {
        ...sound.headers,
        'content-type': pick([
          'text/plain',
          'application/x-www-form-urlencoded',
          'application/xml',
          'multipart/form-data; boundary=x',
          'application/json; charset=utf-16',
          'application/jsonp',
        ]),
      },
    })),
  },
  {
    name: 'an encoding',
    spoil: whereChanges((_endpoint, sound, pick) => ({
      ...sound,
      rawBody: 'x',
      headers: { ...sound.headers, 'content-encoding': pick(['gzip', 'br', 'deflate', 'x']) },
    })),
  },
  {
    name: 'a body beyond its limit',
    spoil: whereChanges((endpoint, sound) => ({ ...sound, rawBody: JSON.stringify({ x: 'x'.repeat(endpoint.bodyLimit ?? 1_048_576) }) })),
  },
  {
    name: 'no proof of provenance',
    spoil: whereChanges((_endpoint, sound, pick) => {
      const gone = pick(['sec-fetch-site', 'x-console', 'content-type']);
      return { ...sound, headers: Object.fromEntries(Object.entries(sound.headers).filter(([name]) => name !== gone)) };
    }),
  },
  {
    name: 'no version or no key of its own',
    spoil: (endpoint, sound, pick) => {
      const own = Object.keys(sound.headers).filter(
        (name) => name === 'if-match' || (name === 'idempotency-key' && needsIdempotencyKey(endpoint)),
      );
      const gone = own.length > 0 ? pick(own) : undefined;
      return gone === undefined
        ? undefined
        : { ...sound, headers: Object.fromEntries(Object.entries(sound.headers).filter(([name]) => name !== gone)) };
    },
  },
  { name: 'a plan', spoil: (_endpoint, sound) => ({ ...sound, headers: { ...sound.headers, 'if-plan': 'x' } }) },
  {
    name: 'a wrong header of its own',
    spoil: (endpoint, sound, pick) => {
      const name = Object.keys(sound.headers).find((header) => header === 'if-match');
      return endpoint.request.headers && name
        ? { ...sound, headers: { ...sound.headers, [name]: pick(['*', 'x', 'W/"x"', '""', '"a", "b"', `"${'x'.repeat(100)}"`]) } }
        : undefined;
    },
  },
  {
    name: 'a wrong parameter',
    spoil: (endpoint, sound, pick) => {
      const { params } = endpoint.request;
      if (!params || !endpoint.path.includes(':')) return undefined;
      return { ...sound, path: endpoint.path.replaceAll(/:(\w+)/g, () => pick(wrongParams)) };
    },
  },
  {
    name: 'a hidden separator',
    spoil: (_endpoint, sound, pick) => ({
      ...sound,
      path: `${sound.path}${pick(['/..', '/%2e%2e', '//', '/.', '%2f..%2f', '\\..', ';a=b', '#x', '/%00'])}`,
    }),
  },
  {
    name: 'an operation that does not exist',
    spoil: (_endpoint, sound, pick) => ({ ...sound, path: `${sound.path}/${pick(['x', 'internal', 'webhooks', '__proto__'])}/y/z` }),
  },
  {
    name: 'a stranger in the query',
    spoil: (_endpoint, sound, pick) => ({ ...sound, query: { [pick(strangers.filter((name) => name !== ''))]: 'x' } }),
  },
  {
    name: 'a wrong value in the query',
    spoil: (endpoint, sound, pick) => {
      const { query } = endpoint.request;
      const names = Object.keys((query?._zod.def as { shape?: object } | undefined)?.shape ?? {});
      if (!query || names.length === 0) return undefined;
      const wrong = { [pick(names)]: pick([...wrongQueries, ['1', '2'], Array.from({ length: 30 }, () => 'x')]) };
      return takes(query, wrong) ? undefined : { ...sound, query: wrong };
    },
  },
  {
    name: 'another method',
    spoil: (_endpoint, sound, pick) => ({
      ...sound,
      path: '/api/session',
      method: pick(['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS']),
      headers: { ...pageHeaders },
    }),
  },
];
