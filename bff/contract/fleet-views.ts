import * as z from 'zod/mini';
import { AgentState } from './agents.ts';
import { endpoint } from './endpoint.ts';
import { Coverage, ListQuery } from './list.ts';

const Tally = z.record(AgentState, z.int());
/** One band of the grouped fleet; counts are over all its agents that the filters leave, not over a page. */
export const AgentGroup = z.object({ key: z.string(), agents: z.int(), tally: Tally });
export type AgentGroup = z.infer<typeof AgentGroup>;
/** `by=cluster`, or `by=label:region` for labels of the form `region:…` or `region=…`; agents without one are in the group of the empty key. */
export const listAgentGroups = endpoint('GET /api/agent-groups', {
  policy: 'read',
  audit: 'none',
  request: {
    query: z.strictObject({
      by: z.string().check(z.regex(/^(cluster|label:[^\s:=]{1,60})$/)),
      q: ListQuery.shape.q,
      filter: ListQuery.shape.filter,
      tenant: ListQuery.shape.tenant,
    }),
  },
  response: z.object({ groups: z.array(AgentGroup), total: z.int(), coverage: z.nullable(Coverage), asOf: z.string(), ageMs: z.int() }),
});

/** One cell of the map, as a tuple to keep 1,000 of them small: id, name, index into `clusters`, index into `agentStates`, heartbeat age in ms. */
export const MapCell = z.tuple([z.string(), z.string(), z.int(), z.int(), z.nullable(z.int())]);
export const readFleetMap = endpoint('GET /api/agent-map', {
  policy: 'read',
  audit: 'none',
  request: { query: z.strictObject({ q: ListQuery.shape.q, filter: ListQuery.shape.filter, tenant: ListQuery.shape.tenant }) },
  response: z.object({
    clusters: z.array(z.string()),
    cells: z.array(MapCell),
    total: z.int(),
    /** Agents beyond the 5,000 that one map shows; filters bring them in. */
    beyond: z.int(),
    asOf: z.string(),
    ageMs: z.int(),
  }),
});

/** What ⌘K finds by name, id or cluster: at most eight of each, best match first. */
export const searchEverything = endpoint('GET /api/search', {
  policy: 'read',
  audit: 'none',
  request: { query: z.strictObject({ q: z.string().check(z.minLength(1), z.maxLength(200)), tenant: ListQuery.shape.tenant }) },
  response: z.object({
    agents: z.array(z.object({ id: z.string(), name: z.string(), clusterName: z.string(), state: AgentState })),
    stacks: z.array(z.object({ id: z.string(), name: z.string(), generatorName: z.nullable(z.string()) })),
    /** Agents and stacks of this name that the tenant's view leaves out. */
    hiddenByScope: z.int(),
  }),
});
