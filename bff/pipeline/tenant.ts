import type { Endpoint } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Refusals } from '#contract/session.ts';
import type { ParsedRequest } from './parse-request.ts';
import type { Context } from './route.ts';

/**
 * What can be had with a generator's key (CONTRACT 3). Closed: a new endpoint is refused to generators until it is named here,
 * because to ask with a stronger key than the person's own would show them other tenants.
 */
const tenantEndpoints: ReadonlySet<string> = new Set([
  'GET /api/session',
  'POST /api/sign-out',
  'GET /api/status',
  'GET /api/health',
  'GET /api/drafts',
  'PUT /api/drafts',
  'DELETE /api/drafts',
  'GET /api/agents',
  'GET /api/agents/:agentId/history',
  'POST /api/agents/:agentId/targets',
  'DELETE /api/agents/:agentId/targets',
  'GET /api/agent-groups',
  'GET /api/agent-map',
  'GET /api/search',
  'GET /api/generators',
  'GET /api/stacks',
  'POST /api/stacks',
  'GET /api/stack-facts',
  'GET /api/stacks/:stackId',
  'PATCH /api/stacks/:stackId',
  'DELETE /api/stacks/:stackId',
  'GET /api/stacks/:stackId/history',
  'GET /api/stacks/:stackId/labels',
  'POST /api/stacks/:stackId/labels',
  'DELETE /api/stacks/:stackId/labels',
  'GET /api/stacks/:stackId/annotations',
  'POST /api/stacks/:stackId/annotations',
  'DELETE /api/stacks/:stackId/annotations',
  'GET /api/stacks/:stackId/revisions',
  'POST /api/stacks/:stackId/revisions',
  'POST /api/stacks/:stackId/preview',
  'POST /api/stacks/:stackId/deletion-marker',
  'GET /api/revisions/:revisionId',
  'GET /api/compare',
]);

/** What the page is told of it, so that it can say why something is not there. */
export function tenantRefusals(endpoints: readonly Endpoint[]): Refusals {
  const closed = endpoints.filter(({ id, policy }) => policy !== 'public' && !tenantEndpoints.has(id));
  return Object.fromEntries(closed.map(({ id }) => [id, { needs: 'admin' as const, why: 'key_cannot_read' as const }]));
}

/** Holds a caller to the world of the key they ride. @throws `not_found` for ids outside of it, `key_cannot_read` */
export type TenantScope = (endpoint: Endpoint, request: ParsedRequest, context: Context) => Promise<void>;

export const tenantScope: TenantScope = async ({ id }, request, context) => {
  const tenant = context.caller?.credential.tenant;
  if (tenant === undefined) return;
  const { lists } = context.world;
  const named = idsIn(request);
  if (named.generators.some((generatorId) => generatorId !== tenant)) throw outside();
  const known = await Promise.all([
    ...named.agents.map((agentId) => lists.agents.isKnown(agentId)),
    // The broker itself tells whose a stack is; the read is shared with whoever shows the stack.
    ...named.stacks.map((stackId) => lists.stacks.identity(stackId, context).then(() => true)),
  ]);
  if (known.includes(false)) throw outside();
  if (!tenantEndpoints.has(id))
    throw new ProblemError('key_cannot_read', 'The broker shows this to admin keys only, and you ride a generator’s key');
};
const outside = () => new ProblemError('not_found', 'The broker knows no such object');

const textsAt = (...places: unknown[]) => places.flat().filter((value) => typeof value === 'string');
/** Ids of objects, wherever a request names them. */
function idsIn({ params, query, body }: ParsedRequest) {
  const members = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}; // parsed: it has no other members than its schema
  return {
    agents: textsAt(params['agentId'], query['agents'], members['agentId'], members['agentIds']),
    stacks: textsAt(params['stackId'], query['stacks'], members['stackId'], members['stackIds']),
    generators: textsAt(params['generatorId'], query['tenant'], members['generatorId'], members['generatorIds']),
  };
}
