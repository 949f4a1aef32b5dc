import * as z from 'zod/mini';
import { endpoint, IfMatch } from './endpoint.ts';
import { manyIds, storedTag, tag, tagValue, uuid } from './fields.ts';

/** The set as it is, its entity tag (over the sorted members), and how old this knowledge is: the broker announces no change. */
const tagSet = <T extends z.ZodMiniType>(item: T) => z.object({ items: z.array(item), etag: z.string(), asOf: z.string(), ageMs: z.int() });
export const AgentLabels = tagSet(z.string());
export type AgentLabels = z.infer<typeof AgentLabels>;
export const Annotation = z.object({ key: z.string(), value: z.string() });
export type Annotation = z.infer<typeof Annotation>;
export const AgentAnnotations = tagSet(Annotation);
export type AgentAnnotations = z.infer<typeof AgentAnnotations>;

const params = z.object({ agentId: uuid });

/** Labels of the agents on one page: one bounded read each, cached 60 s; null where the broker did not answer. */
export const listLabelsOfAgents = endpoint('GET /api/agent-labels', {
  policy: 'read',
  audit: 'none',
  request: { query: z.strictObject({ agents: manyIds }) },
  response: z.object({ rows: z.array(z.object({ agentId: z.string(), labels: z.nullable(z.array(z.string())), ageMs: z.int() })) }),
});
export const readAgentLabels = endpoint('GET /api/agents/:agentId/labels', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: AgentLabels,
});
export const addAgentLabel = endpoint('POST /api/agents/:agentId/labels', {
  policy: 'operate',
  audit: 'agent.label.added',
  request: { params, headers: IfMatch, body: z.strictObject({ label: tag }) },
  response: AgentLabels,
  reach: true,
});
/** Names travel in the body: a label is free text and must never become a path. */
export const removeAgentLabel = endpoint('DELETE /api/agents/:agentId/labels', {
  policy: 'operate',
  audit: 'agent.label.removed',
  request: { params, headers: IfMatch, body: z.strictObject({ label: storedTag }) },
  response: AgentLabels,
  reach: true,
});
export const readAgentAnnotations = endpoint('GET /api/agents/:agentId/annotations', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: AgentAnnotations,
});
export const addAgentAnnotation = endpoint('POST /api/agents/:agentId/annotations', {
  policy: 'operate',
  audit: 'agent.annotation.added',
  request: { params, headers: IfMatch, body: z.strictObject({ key: tag, value: tagValue }) },
  response: AgentAnnotations,
  reach: true,
});
export const removeAgentAnnotation = endpoint('DELETE /api/agents/:agentId/annotations', {
  policy: 'operate',
  audit: 'agent.annotation.removed',
  request: { params, headers: IfMatch, body: z.strictObject({ key: storedTag }) },
  response: AgentAnnotations,
  reach: true,
});
