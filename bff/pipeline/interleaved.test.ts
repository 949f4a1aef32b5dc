import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { endpoint } from '#contract/endpoint.ts';
import { aChange, aRequest, callerOf, runner, testServices } from '#bff/testing/services.ts';
import { longTimeout, sized } from '#bff/testing/sizes.ts';
import { route, type Context } from './route.ts';

const Said = z.object({ who: z.string(), credential: z.string(), requestId: z.string(), echo: z.string() });
const ask = endpoint('GET /api/agents', {
  policy: 'read',
  audit: 'none',
  request: { query: z.strictObject({ echo: z.string() }) },
  response: Said,
});
const change = endpoint('POST /api/agents', {
  policy: 'read',
  audit: 'agent.created',
  request: { body: z.strictObject({ echo: z.string() }) },
  response: Said,
});

/** A little work of uneven length, so that calls overtake each other; a tab that is gone ends it. */
const work = async (turns: number, signal: AbortSignal) => {
  for (let n = 0; n < turns; n += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
};
type Answer = (echo: string, context: Context) => Promise<z.infer<typeof Said>>;
const faithful: Answer = async (echo, { caller, requestId, signal }) => {
  await work(echo.length % 7, signal);
  return { who: caller?.person.name ?? '', credential: caller?.credential.id ?? '', requestId, echo };
};

const requests = sized(500_000, 1_000);
/** 50 people, their requests in any order, a fifth of them given up. Answers how many came back with anything of another call. */
async function foreignAnswers(answer: Answer): Promise<{ foreign: number; answered: number; rows: number }> {
  const { services, ledger } = await testServices();
  const run = runner(services);
  const asking = route(ask, ({ query }, context) => answer(query.echo, context));
  const changing = route(change, ({ body }, context) => answer(body.echo, context));
  let [foreign, answered] = [0, 0];
  const one = async (n: number): Promise<void> => {
    const name = `person-${(n * 7) % 50}`;
    const caller = { ...callerOf('operator', name), credential: { id: `admin:${name}`, pak: name } };
    const requestId = `rq_${n.toString(16).padStart(16, '0')}`;
    const echo = `${name} ${'x'.repeat(n % 13)}`;
    const tab = new AbortController();
    const facts = { requestId, signal: tab.signal };
    const call =
      n % 4 === 0
        ? run(changing, aChange(n, { body: { echo } }), caller, facts)
        : run(asking, aRequest({ query: { echo } }), caller, facts);
    if (n % 5 === 0) setImmediate(() => tab.abort());
    const said = await call.catch(() => undefined);
    if (said === undefined) return;
    answered += 1;
    if (JSON.stringify(said) !== JSON.stringify({ who: name, credential: `admin:${name}`, requestId, echo })) foreign += 1;
  };
  for (let from = 0; from < requests; from += 1_000) await Promise.all(Array.from({ length: 1_000 }, (_, n) => one(from + n)));
  for (const { person, requestId } of (await ledger.list({ limit: 200 })).rows)
    if (person?.name !== `person-${(Number.parseInt(requestId.slice(3), 16) * 7) % 50}`) foreign += 1;
  return { foreign, answered, rows: (await ledger.list({ limit: 1 })).total };
}

test(
  `50 people, ${requests} interleaved requests, a fifth given up: nobody gets a byte of anybody else, nor does a row`,
  { timeout: longTimeout },
  async () => {
    const { foreign, answered, rows } = await foreignAnswers(faithful);
    expect(foreign).toBe(0);
    expect(rows).toBe(requests / 4);
    expect(answered).toBeGreaterThan(requests * 0.7);
    expect(answered).toBeLessThan(requests);
  },
);

test('twin: where the caller is found in the air instead of in an argument, they do', { timeout: longTimeout }, async () => {
  let current: Context | undefined;
  const { foreign } = await foreignAnswers(async (echo, context) => {
    current = context;
    await work(echo.length % 7, context.signal);
    return faithful(echo, current);
  });
  expect(foreign).toBeGreaterThan(0);
});
