import * as z from 'zod/mini';
import { AuditRow } from './audit.ts';
import { Done, endpoint, IfMatch, reason } from './endpoint.ts';
import { manyIds, noNul, objectName, timestamp, uuid, wellFormed } from './fields.ts';
import { Coverage, ListQuery, page } from './list.ts';

/** Text beside a name; the broker keeps it when it is absent and blanks it for the empty string. */
const description = z.string().check(z.maxLength(2000), noNul, wellFormed);

/** One line of the stacks list. `reached` counts agents known to the reach index; `coverage` on the page says how complete that is. */
export const StackRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.nullable(z.string()),
  generatorId: z.string(),
  /** Null while the generator is not in the list: the system generator never is. */
  generatorName: z.nullable(z.string()),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** Null before the index knows any agent. */
  reached: z.nullable(z.int()),
  /** Over name and description only. */
  etag: z.string(),
});
export type StackRow = z.infer<typeof StackRow>;
export const stackSorts = ['name', 'generator', 'createdAt', 'updatedAt', 'reached'] as const;
export const stackFilters = ['generator', 'label'] as const;

/** One submitted bundle without its text. `sequence` is the broker's number, shared by all stacks: gaps are other stacks' revisions. */
export const Revision = z.object({
  id: z.string(),
  sequence: z.int(),
  submittedAt: timestamp,
  ageMs: z.int(),
  isDeletionMarker: z.boolean(),
  checksum: z.string(),
  bytes: z.int(),
});
export type Revision = z.infer<typeof Revision>;

/** What reached agents did with the current revision. An agent is counted once, by its worst word. */
export const reachStates = ['failed', 'failing', 'degraded', 'silent', 'stale', 'pending', 'unconfirmed', 'healthy'] as const;
/**
 * failed: its newest event for the revision is no success · failing, degraded: its health record says so · silent, stale: no
 * word in time · pending: not answered · unconfirmed: applied, but no fresh health record shows that anything runs ·
 * healthy: applied, and a fresh record says healthy.
 */
export const ReachState = z.enum(reachStates);
export type ReachState = z.infer<typeof ReachState>;
export const RollUp = z.record(ReachState, z.int());
export type RollUp = z.infer<typeof RollUp>;

/** Facts of the stacks on one page, each a bounded read, cached; `not_read` where the broker did not answer. */
export const StackFacts = z.object({
  stackId: z.string(),
  labels: z.union([z.array(z.string()), z.literal('not_read')]),
  /** Null: nothing submitted yet. */
  current: z.union([Revision, z.null(), z.literal('not_read')]),
  rollUp: z.nullable(RollUp),
  ageMs: z.int(),
});
export type StackFacts = z.infer<typeof StackFacts>;

export const StackDetail = z.object({
  stack: StackRow,
  current: z.nullable(Revision),
  revisions: z.int(),
  /** What reached agents made of the current revision, and in how many clusters they are; null while that cannot be told. */
  rollUp: z.nullable(RollUp),
  clusters: z.nullable(z.int()),
  coverage: Coverage,
  asOf: z.string(),
  ageMs: z.int(),
});
export type StackDetail = z.infer<typeof StackDetail>;

const params = z.object({ stackId: uuid });

export const listStacks = endpoint('GET /api/stacks', {
  policy: 'read',
  audit: 'none',
  request: { query: ListQuery },
  response: page(StackRow),
});
export const listStackFacts = endpoint('GET /api/stack-facts', {
  policy: 'read',
  audit: 'none',
  request: { query: z.strictObject({ stacks: manyIds }) },
  response: z.object({ rows: z.array(StackFacts) }),
});
export const readStack = endpoint('GET /api/stacks/:stackId', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: StackDetail,
});
export const listStackHistory = endpoint('GET /api/stacks/:stackId/history', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: z.object({ rows: z.array(AuditRow), asOf: z.string() }),
});
export const createStack = endpoint('POST /api/stacks', {
  policy: 'operate',
  audit: 'stack.created',
  request: { body: z.strictObject({ name: objectName, description: z.optional(description), generatorId: uuid }) },
  response: StackRow,
});
/** Absent means unchanged; the BFF reads, compares, merges and replaces, as the broker's PUT replaces whole stacks. */
export const editStack = endpoint('PATCH /api/stacks/:stackId', {
  policy: 'operate',
  audit: 'stack.updated',
  request: { params, headers: IfMatch, body: z.strictObject({ name: z.optional(objectName), description: z.optional(description) }) },
  response: StackRow,
});
/** Agents that poll drop the stack from their target state and delete what they own of it; the marker the broker writes is never served. */
export const deleteStack = endpoint('DELETE /api/stacks/:stackId', {
  policy: 'operate',
  audit: 'stack.deleted',
  request: { params, body: z.strictObject({ reason }) },
  response: Done,
  reach: true,
});
