import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { endpoint } from '#contract/endpoint.ts';
import { aChange, aRequest } from '#bff/testing/services.ts';
import { route } from './route.ts';
import { Thing, readThing, id, setUp, viewer, operator } from './testing/things.ts';

describe('what no schema says', () => {
  const anything = endpoint('POST /api/agents', { policy: 'operate', audit: 'agent.created', request: { body: z.any() }, response: Thing });
  const nested = (depth: number): unknown => (depth === 0 ? 'x' : { a: nested(depth - 1) });
  test.each<[string, unknown, string]>([
    ['33 levels', nested(33), 'too_deep'],
    ['1,001 items', { list: Array.from({ length: 1_001 }, () => 1) }, 'too_big'],
    ['a string beyond 256 KiB', { text: 'ä'.repeat(131_073) }, 'too_big'],
    ['__proto__', JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}'), 'unknown_field'],
    ['constructor', { constructor: 1 }, 'unknown_field'],
  ])('%s is refused before an audit row or a call', async (_what, body, code) => {
    const { run, answer, audit } = await setUp();
    await expect(run(route(anything, answer), aChange(1, { body }), operator)).rejects.toMatchObject({
      problem: { status: 400, errors: [{ code }] },
    });
    expect(answer).not.toHaveBeenCalled();
    expect(await audit()).toEqual([]);
  });
  test('32 levels, 1,000 items and 256 KiB pass', async () => {
    const { run, answer } = await setUp();
    for (const [n, body] of [nested(32), { list: Array.from({ length: 1_000 }, () => 1) }, { text: 'ä'.repeat(131_072) }].entries())
      await run(route(anything, answer), aChange(n, { body }), operator);
    expect(answer).toHaveBeenCalledTimes(3);
  });
  test('a query or a body where none is declared is refused', async () => {
    const { run, answer } = await setUp();
    await expect(run(route(readThing, answer), aRequest({ params: { agentId: id }, query: { x: '1' } }), viewer)).rejects.toMatchObject({
      problem: { errors: [{ path: 'x', code: 'unknown_field' }] },
    });
    await expect(run(route(readThing, answer), aRequest({ params: { agentId: id }, body: {} }), viewer)).rejects.toMatchObject({
      problem: { errors: [{ path: 'body' }] },
    });
  });
});
