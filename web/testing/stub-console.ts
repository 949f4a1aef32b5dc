import { onTestFinished, vi } from 'vitest';
import { discardDraft, readDraft, saveDraft } from '#contract/drafts.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';

export interface Asked {
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

export interface StubConsole {
  /** From now on: a value, a `ProblemError` as a refusal, or a function of what is asked that makes either. */
  answers(endpoint: Endpoint, answer: unknown): StubConsole;
  /** Every call of that endpoint so far. */
  callsOf(endpoint: Endpoint): Asked[];
}

const json = (value: unknown, status: number) =>
  Response.json(value, { status, headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' } });
const patternOf = (path: string) => new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);

/** Stands in for `fetch` until the test is over: the console's endpoints answer from a table, everything else fails loudly. */
export function stubConsole(): StubConsole {
  const answers = new Map<string, unknown>();
  const calls: { id: string; asked: Asked }[] = [];
  const realFetch = globalThis.fetch;

  vi.stubGlobal('fetch', async (target: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(typeof target === 'object' && 'url' in target ? target.url : target, location.origin);
    if (!url.pathname.startsWith('/api/')) return realFetch(target, init);
    const method = init.method ?? 'GET';
    for (const [id, answer] of answers) {
      const [itsMethod = '', path = ''] = id.split(' ');
      const match = itsMethod === method ? patternOf(path).exec(url.pathname) : null;
      if (match === null) continue;
      const asked: Asked = {
        params: Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])),
        query: url.searchParams,
        headers: new Headers(init.headers),
        body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      };
      calls.push({ id, asked });
      init.signal?.throwIfAborted();
      const value: unknown = await (typeof answer === 'function' ? (answer as (asked: Asked) => unknown)(asked) : answer);
      return value instanceof ProblemError
        ? json({ ...value.problem, request_id: 'rq_00000000000000aa' }, value.problem.status)
        : json(value, 200);
    }
    return json(new ProblemError('internal', `the test has no answer for ${method} ${url.pathname}`).problem, 500);
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });

  const stub: StubConsole = {
    answers(endpoint, answer) {
      answers.set(endpoint.id, answer);
      return stub;
    },
    callsOf: (endpoint) => calls.filter(({ id }) => id === endpoint.id).map(({ asked }) => asked),
  };
  return stub
    .answers(readDraft, { draft: null })
    .answers(saveDraft, { savedAt: '2026-03-02T09:15:31.000Z' })
    .answers(discardDraft, { done: true });
}
