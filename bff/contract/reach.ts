import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { timestamp, uuid } from './fields.ts';
import { Coverage, ListQuery, page } from './list.ts';
import { ReachState, RollUp } from './stacks.ts';

/**
 * Why a stack reaches an agent: an explicit target, or a shared label or annotation with consent. No reason at all means
 * that the broker says so, and what would explain it is not read yet.
 */
export const ReachReason = z.discriminatedUnion('by', [
  z.object({ by: z.literal('target') }),
  z.object({ by: z.literal('label'), label: z.string() }),
  z.object({ by: z.literal('annotation'), key: z.string(), value: z.string() }),
]);
export type ReachReason = z.infer<typeof ReachReason>;

/** Agents look at their objects every 60 s (CONTRACT 8): a record three looks old says what was. */
export const healthFreshMs = 3 * 60_000;
/** What an agent's health record says of one object; `summary` is its own account, cut to what a person reads. */
export const HealthRecord = z.object({
  status: z.enum(['healthy', 'degraded', 'failing', 'unknown']),
  podsReady: z.nullable(z.int()),
  podsTotal: z.nullable(z.int()),
  conditions: z.array(z.string()),
  resources: z.array(
    z.object({ kind: z.string(), name: z.string(), namespace: z.string(), ready: z.boolean(), message: z.nullable(z.string()) }),
  ),
  /** Objects that it names besides these; none of them is worse. */
  resourcesLeft: z.int(),
  /** By the agent's own clock. */
  checkedAt: timestamp,
  /** Since the broker stored it, by the broker's clock. */
  ageMs: z.int(),
});
export type HealthRecord = z.infer<typeof HealthRecord>;

/** One agent a stack reaches, with its word on the current revision. */
export const ReachedAgent = z.object({
  agentId: z.string(),
  name: z.string(),
  clusterName: z.string(),
  state: ReachState,
  reasons: z.array(ReachReason),
  heartbeatAgeMs: z.nullable(z.int()),
  rhythmMs: z.int(),
  answer: z.nullable(z.object({ status: z.string(), message: z.nullable(z.string()), at: timestamp, ageMs: z.int() })),
  health: z.nullable(HealthRecord),
});
export type ReachedAgent = z.infer<typeof ReachedAgent>;

/** What verdicts on reached agents are made of, by its age; each is read in a rhythm of its own. */
const readAges = {
  /** Null: the health records could not be read; nothing is then called healthy. */
  healthAgeMs: z.nullable(z.int()),
  /** Of the last events that could be read. Null before there were any: nobody is then known to have applied or refused. */
  eventsAgeMs: z.nullable(z.int()),
};

/** Cluster × state for the current revision, worst cluster first, and agents with the same cause together, worst first. */
export const ReachMatrix = z.object({
  clusters: z.array(z.object({ name: z.string(), counts: RollUp, reached: z.int() })),
  all: RollUp,
  reached: z.int(),
  /** Without the healthy. `cause` is null where agents name none, or too few the same; `first` are at most five. */
  causes: z.array(z.object({ state: ReachState, cause: z.nullable(z.string()), agents: z.int(), first: z.array(ReachedAgent) })),
  coverage: Coverage,
  ...readAges,
  asOf: z.string(),
});
export type ReachMatrix = z.infer<typeof ReachMatrix>;

/** A stack that reaches an agent, and what the agent said of its newest revision. */
export const ReachingStack = z.object({
  stackId: z.string(),
  name: z.string(),
  generatorId: z.string(),
  generatorName: z.nullable(z.string()),
  reasons: z.array(ReachReason),
  current: z.nullable(z.object({ id: z.string(), sequence: z.int(), ageMs: z.int() })),
  state: z.nullable(ReachState),
  answer: ReachedAgent.shape.answer,
  health: z.nullable(HealthRecord),
});
export type ReachingStack = z.infer<typeof ReachingStack>;
/** A stack that shares a label or annotation with the agent, but whose generator the agent is not registered with. */
export const NearlyReaching = z.object({
  stackId: z.string(),
  name: z.string(),
  generatorId: z.string(),
  generatorName: z.nullable(z.string()),
  shares: z.array(ReachReason),
});
export type NearlyReaching = z.infer<typeof NearlyReaching>;

const tagCount = { agents: z.int(), alone: z.int() };
/**
 * How many agents each label and annotation of a stack reaches; `alone` counts those that nothing else is known to reach: so many
 * lose the stack with it at most, as explicit targets are known only of agents that somebody looked at. Tags that the index has
 * not read yet are left out.
 */
export const TagReach = z.object({
  labels: z.array(z.object({ label: z.string(), ...tagCount })),
  annotations: z.array(z.object({ key: z.string(), value: z.string(), ...tagCount })),
  coverage: Coverage,
});
export type TagReach = z.infer<typeof TagReach>;

/**
 * What an agent says of an object, worst first. not_ready: some of it is not, however old the record · old: ready by a record
 * that is not fresh · ready: all of it, by a fresh record.
 */
export const objectStates = ['not_ready', 'old', 'ready'] as const;
const ObjectState = z.enum(objectStates);
export type ObjectState = z.infer<typeof ObjectState>;
/** One object of a revision over all agents that a stack reaches; pods of one owner count as one, as each agent's are named anew. */
export const ObjectHealth = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  /** Agents by what they say of it. */
  counts: z.record(ObjectState, z.int()),
  /** What most of those say on which it is not ready. */
  message: z.nullable(z.string()),
});
export type ObjectHealth = z.infer<typeof ObjectHealth>;
/** The value of the filter `object` that leaves the agents behind one of the counts. */
export const objectFilter = (state: ObjectState, { kind, namespace, name }: Pick<ObjectHealth, 'kind' | 'namespace' | 'name'>): string =>
  `${state} ${kind} ${namespace}/${name}`;

const agentParams = z.object({ agentId: uuid });
const stackParams = z.object({ stackId: uuid });
/**
 * Stacks that reach an agent by name, page by page, as what it made of each costs two reads; all that nearly reach it. Of a
 * stack on the page `state` is null only where its revisions or health records could not be read.
 */
export const readAgentReach = endpoint('GET /api/agents/:agentId/reached-by', {
  policy: 'read',
  audit: 'none',
  request: {
    params: agentParams,
    query: z.strictObject({ offset: ListQuery.shape.offset, limit: z._default(ListQuery.shape.limit, 25) }),
  },
  response: z.object({
    reached: z.array(ReachingStack),
    /** Stacks that reach it, of which `reached` is one page. */
    total: z.int(),
    nearly: z.array(NearlyReaching),
    /** False when the broker's own list and the computed one differ; the broker's is shown. */
    agrees: z.boolean(),
    /** Stacks whose labels are known, of all. */
    coverage: Coverage,
    eventsAgeMs: readAges.eventsAgeMs,
    asOf: z.string(),
    ageMs: z.int(),
  }),
});
/** Every stack that reaches an agent, with its reasons alone: that costs the broker nothing for each of them. */
export const listReachReasons = endpoint('GET /api/agents/:agentId/reach-reasons', {
  policy: 'read',
  audit: 'none',
  request: { params: agentParams },
  response: z.object({ stacks: z.array(z.pick(ReachingStack, { stackId: true, name: true, reasons: true })), coverage: Coverage }),
});
export const listReachedAgents = endpoint('GET /api/stacks/:stackId/agents', {
  policy: 'read',
  audit: 'none',
  request: { params: stackParams, query: ListQuery },
  response: z.extend(page(ReachedAgent), readAges),
});
export const reachedAgentSorts = ['name', 'cluster', 'state', 'heartbeat'] as const;
/** `by`: only agents that a reason of that kind (`target`, `label`, `annotation`) reaches. `object`: what `objectFilter` makes. */
export const reachedAgentFilters = ['state', 'cluster', 'by', 'object'] as const;
export const readReachMatrix = endpoint('GET /api/stacks/:stackId/matrix', {
  policy: 'read',
  audit: 'none',
  request: { params: stackParams },
  response: ReachMatrix,
});
/** Health of each object of the current revision over all agents that the stack reaches, worst first. */
export const listObjectHealth = endpoint('GET /api/stacks/:stackId/objects', {
  policy: 'read',
  audit: 'none',
  request: { params: stackParams },
  response: z.object({
    /** At most a hundred; `total` counts them all. */
    objects: z.array(ObjectHealth),
    total: z.int(),
    reached: z.int(),
    /** Reached agents that have a record of the revision, and those of them that name more objects than one record tells. */
    recorded: z.int(),
    cut: z.int(),
    coverage: Coverage,
    healthAgeMs: readAges.healthAgeMs,
    asOf: z.string(),
  }),
});
export const readTagReach = endpoint('GET /api/stacks/:stackId/tag-reach', {
  policy: 'read',
  audit: 'none',
  request: { params: stackParams },
  response: TagReach,
});
