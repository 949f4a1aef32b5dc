import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { endpoint, type Policy } from '#contract/endpoint.ts';
import type { Person, Role } from '#contract/session.ts';
import { assertRoutes, permit, policyTable, refusals } from './policy.ts';

const person = (role: Role): Person => ({ id: role, name: role, role, verified: true });
const at = (policy: Policy, line: `GET /${string}` = 'GET /api/x') =>
  endpoint(line, { policy, audit: 'none', request: {}, response: z.any() });
/** Written by hand and on its own: who may, role by role. */
const may: Record<Role, Record<Policy, boolean>> = {
  viewer: { public: true, session: true, read: true, operate: false, administer: false },
  operator: { public: true, session: true, read: true, operate: true, administer: false },
  admin: { public: true, session: true, read: true, operate: true, administer: true },
};
const cases = Object.entries(may).flatMap(([role, policies]) =>
  Object.entries(policies).map(([policy, allowed]) => ({ role: role as Role, policy: policy as Policy, allowed })),
);

test.each(cases)('$role at $policy: $allowed', ({ role, policy, allowed }) => {
  const trying = () => permit(policyTable, at(policy), person(role));
  if (allowed) expect(trying).not.toThrow();
  else expect(trying).toThrow(/role_required/);
});
test('whoever is nobody may call only what is public', () => {
  expect(() => permit(policyTable, at('public'), null)).not.toThrow();
  for (const policy of ['session', 'read', 'operate', 'administer'] as const)
    expect(() => permit(policyTable, at(policy), null)).toThrow(/sign_in_required/);
});
test('the page is told what a role may not call, and which role may', () => {
  const endpoints = [at('read', 'GET /api/a'), at('operate', 'GET /api/b'), at('administer', 'GET /api/c'), at('public', 'GET /api/d')];
  expect(refusals(policyTable, endpoints, 'viewer')).toEqual({ 'GET /api/b': { needs: 'operator' }, 'GET /api/c': { needs: 'admin' } });
  expect(refusals(policyTable, endpoints, 'admin')).toEqual({});
});

describe('start-up refuses', () => {
  const changing = endpoint('POST /api/x', { policy: 'operate', audit: 'none', request: {}, response: z.any() });
  const opened = at('public', 'GET /api/secrets');
  const { policy: _policy, ...withoutPolicy } = at('read');
  test.each<[string, unknown, RegExp]>([
    ['a change without an audit type', changing, /leaves no audit row/],
    ['a route that anybody may call and that is not on the list', opened, /anonymous list/],
    ['a route without a policy', withoutPolicy, /has no policy/],
  ])('%s', (_what, faulty, message) => {
    expect(() => assertRoutes([{ endpoint: faulty as ReturnType<typeof at> }])).toThrow(message);
  });
  test('a route that is mounted twice, and takes all others', () => {
    expect(() => assertRoutes([{ endpoint: at('read') }, { endpoint: at('read') }])).toThrow(/twice/);
    expect(() => assertRoutes([{ endpoint: at('read') }])).not.toThrow();
  });
});
