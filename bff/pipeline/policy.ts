import type { Endpoint, Policy } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import { roles, type Person, type Refusals, type Role } from '#contract/session.ts';
import type * as z from 'zod/mini';

/** Which roles each policy lets through, weakest first. */
export type PolicyTable = Readonly<Record<Policy, readonly Role[]>>;
/** The one table. The broker cannot tell a viewer from an admin: this is the wall between them. */
export const policyTable: PolicyTable = {
  public: roles,
  session: roles,
  read: roles,
  operate: ['operator', 'admin'],
  administer: ['admin'],
};

/** @throws `sign_in_required` (401) without a person, `role_required` (403) when the role does not suffice */
export function permit(table: PolicyTable, endpoint: Endpoint, person: Person | null): void {
  if (endpoint.policy === 'public') return;
  if (!person) throw new ProblemError('sign_in_required', 'Sign in to continue');
  const allowed = table[endpoint.policy];
  if (!allowed.includes(person.role)) {
    throw new ProblemError('role_required', 'Your role does not allow this', { needs: weakest(allowed) });
  }
}
/** What the page asks so that it can say why a control is off; the server refuses on its own account. */
export function refusals(table: PolicyTable, endpoints: readonly Endpoint[], role: Role): z.infer<typeof Refusals> {
  const refused = endpoints.filter(({ policy }) => policy !== 'public' && !table[policy].includes(role));
  return Object.fromEntries(refused.map(({ id, policy }) => [id, { needs: weakest(table[policy]) }]));
}
const weakest = (allowed: readonly Role[]): Role => allowed[0] ?? 'admin';

/** Everything an anonymous caller may call; closed. */
const anonymous = new Set([
  'GET /api/session',
  'POST /api/sign-in/account',
  'POST /api/sign-in/pak',
  'POST /api/sign-in/explore',
  'POST /api/setup',
]);
/** What is no change but not a GET either, or is nobody's business: what people typed and did not send, and what it would do. */
const unaudited = new Set(['PUT /api/drafts', 'DELETE /api/drafts', 'POST /api/stacks/:stackId/preview']);

/** Start-up fails on a route that forgot its policy or its audit type. @throws Error naming every fault */
export function assertRoutes(routes: readonly { endpoint: Endpoint }[]): void {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { endpoint } of routes) {
    const { id, method, policy, audit } = endpoint;
    if (seen.has(id)) faults.push(`${id} is mounted twice`);
    seen.add(id);
    if (!(policy in policyTable)) faults.push(`${id} has no policy`);
    if (policy === 'public' && !anonymous.has(id)) faults.push(`${id} is not on the anonymous list`);
    if (!audit) faults.push(`${id} has no audit type`);
    if (audit === 'none' && method !== 'GET' && !unaudited.has(id)) faults.push(`${id} changes something and leaves no audit row`);
  }
  if (faults.length > 0) throw new Error(`routes: ${faults.join('; ')}`);
}
