import { vi } from 'vitest';
import * as z from 'zod/mini';
import { endpoint, IfMatch, reason } from '#contract/endpoint.ts';
import { uuid } from '#contract/fields.ts';
import { aChange, callerOf, runner, testServices } from '#bff/testing/services.ts';
import { uuidOf } from '#bff/testing/world.ts';
import type { Context } from '../route.ts';

const params = z.object({ agentId: uuid });
export const Thing = z.object({ name: z.string() });
export const readThing = endpoint('GET /api/agents/:agentId', { policy: 'read', audit: 'none', request: { params }, response: Thing });
export const renameThing = endpoint('PATCH /api/agents/:agentId', {
  policy: 'operate',
  audit: 'agent.renamed',
  request: { params, headers: IfMatch, body: z.strictObject({ name: z.string().check(z.maxLength(10)) }) },
  response: Thing,
});
export const deleteThing = endpoint('DELETE /api/agents/:agentId', {
  policy: 'administer',
  audit: 'agent.deleted',
  request: { params, body: z.strictObject({ reason }) },
  response: Thing,
});
export const queryThings = endpoint('GET /api/audit', {
  policy: 'administer',
  audit: 'audit.queried',
  request: { query: z.strictObject({ q: z.optional(z.string()) }) },
  response: Thing,
});
export const signIn = endpoint('POST /api/sign-in/account', {
  policy: 'public',
  audit: 'auth.login.success',
  request: { body: z.strictObject({}) },
  response: Thing,
});

export const id = uuidOf(1);
export const rename = (n: number, name: unknown = 'new') =>
  aChange(n, { params: { agentId: id }, headers: { 'if-match': '"v1"' }, body: { name } });
export const [viewer, operator, admin] = [callerOf('viewer'), callerOf('operator'), callerOf('admin')];

/** All services in memory, and an answer that can be told what to do. */
export async function setUp() {
  const world = await testServices();
  const answer = vi.fn(async (_request: unknown, _context: Context): Promise<{ name: string }> => ({ name: 'new' }));
  return { ...world, answer, run: runner(world.services) };
}
