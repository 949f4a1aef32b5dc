import * as z from 'zod/mini';
import { endpoint, reason } from './endpoint.ts';
import { uuid, wellFormed } from './fields.ts';
import { Coverage, ListQuery, page } from './list.ts';
import { Revision, RollUp } from './stacks.ts';

/** The broker's limit on one body, in bytes: raw YAML wastes none of it. */
export const maxYamlBytes = 2_097_152;
const utf8 = new TextEncoder();
export const yamlText = z.string().check(
  z.refine<string>((text) => text.length <= maxYamlBytes && utf8.encode(text).length <= maxYamlBytes, {
    error: `at most ${maxYamlBytes} bytes`,
  }),
  wellFormed,
);
const params = z.object({ stackId: uuid });

/** `If-Match` of a submission: the id of the revision it was reviewed against, or `"none"` for the first. */
export const ReviewedRevision = z.object({ 'if-match': z.string().check(z.regex(/^"(none|[0-9a-f-]{36})"$/)) });

/** A Kubernetes object of a bundle: what an operator calls it by. A document that names none has empty texts. */
export const ResourceName = z.object({ apiVersion: z.string(), kind: z.string(), namespace: z.nullable(z.string()), name: z.string() });
export type ResourceName = z.infer<typeof ResourceName>;
/**
 * One line of a diff with its numbers in the two whole texts; `words` marks the changed stretch within a changed line as
 * [from, to) in characters. `skip` stands for so many unchanged lines, its numbers are those of the first of them.
 */
export const DiffLine = z.object({
  kind: z.enum(['same', 'added', 'removed', 'skip']),
  before: z.nullable(z.int()),
  after: z.nullable(z.int()),
  text: z.string(),
  words: z.optional(z.tuple([z.int(), z.int()])),
  skipped: z.optional(z.int()),
});
export type DiffLine = z.infer<typeof DiffLine>;
export const ResourceChange = z.object({
  resource: ResourceName,
  change: z.enum(['added', 'changed', 'removed', 'same']),
  addedLines: z.int(),
  removedLines: z.int(),
  lines: z.array(DiffLine),
});
export type ResourceChange = z.infer<typeof ResourceChange>;
/** Changes per resource, matched by group (the API version may change), kind, namespace and name. `truncated` when lines beyond 5,000 were left out. */
export const ResourceDiff = z.object({
  from: z.nullable(Revision),
  to: z.nullable(Revision),
  resources: z.array(ResourceChange),
  addedLines: z.int(),
  removedLines: z.int(),
  truncated: z.boolean(),
});
export type ResourceDiff = z.infer<typeof ResourceDiff>;
/** What the text would do before it is sent: its resources against the current revision, and who would take it. */
export const SubmitPreview = z.object({
  diff: ResourceDiff,
  /** The current revision this preview was made against; sent back as `If-Match`. */
  based: z.nullable(Revision),
  /** Null while the index knows no agent. */
  reached: z.nullable(z.int()),
  /** Clusters of the reached agents, and what those made of the current revision: null while that cannot be told, as before the first. */
  clusters: z.nullable(z.int()),
  rollUp: z.nullable(RollUp),
  coverage: Coverage,
  asOf: z.string(),
});
export type SubmitPreview = z.infer<typeof SubmitPreview>;

export const revisionSorts = ['sequence', 'bytes'] as const;
export const revisionFilters: readonly string[] = [];
/** Newest first; the text on demand only. */
export const listRevisions = endpoint('GET /api/stacks/:stackId/revisions', {
  policy: 'read',
  audit: 'none',
  request: { params, query: ListQuery },
  response: page(Revision),
});
export const readRevision = endpoint('GET /api/revisions/:revisionId', {
  policy: 'read',
  audit: 'none',
  request: { params: z.object({ revisionId: uuid }) },
  response: z.object({
    revision: Revision,
    stackId: z.string(),
    stackName: z.nullable(z.string()),
    yaml: z.string(),
    resources: z.array(ResourceName),
  }),
});
/** Any two revisions, of one stack or of two. */
export const compareRevisions = endpoint('GET /api/compare', {
  policy: 'read',
  audit: 'none',
  request: { query: z.strictObject({ from: uuid, to: uuid }) },
  response: ResourceDiff,
});
export const previewSubmission = endpoint('POST /api/stacks/:stackId/preview', {
  policy: 'operate',
  audit: 'none',
  request: { params, body: z.strictObject({ yaml: yamlText }) },
  response: SubmitPreview,
  bodyLimit: 4 * 1024 * 1024,
});
/** Exactly one new revision per idempotency key. 412 with the newer revision as `current` when the reviewed one is no longer the newest. */
export const submitRevision = endpoint('POST /api/stacks/:stackId/revisions', {
  policy: 'operate',
  audit: 'stack.revision.submitted',
  request: {
    params,
    headers: ReviewedRevision,
    body: z
      .strictObject({
        yaml: yamlText,
        /** Set when an earlier revision is brought back unchanged. */
        rollbackTo: z.optional(uuid),
        reason: z.optional(reason),
      })
      .check(
        z.refine(({ rollbackTo, reason: why }) => rollbackTo === undefined || why !== undefined, {
          path: ['reason'],
          error: 'is needed to roll back',
        }),
      ),
  },
  response: Revision,
  reach: true,
  bodyLimit: 4 * 1024 * 1024,
});
/** Always empty: agents apply whatever text a marker carries. Removes what the current revision named, agent by agent. */
export const submitDeletionMarker = endpoint('POST /api/stacks/:stackId/deletion-marker', {
  policy: 'operate',
  audit: 'stack.deletion_marker.submitted',
  request: { params, headers: ReviewedRevision, body: z.strictObject({ reason }) },
  response: Revision,
  reach: true,
});
