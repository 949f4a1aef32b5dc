import * as z from 'zod/mini';
import { AgentAnnotations, AgentLabels } from './agent-tags.ts';
import { endpoint, IfMatch } from './endpoint.ts';
import { storedTag, tag, tagValue, uuid } from './fields.ts';

const params = z.object({ stackId: uuid });

export const readStackLabels = endpoint('GET /api/stacks/:stackId/labels', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: AgentLabels,
});
export const addStackLabel = endpoint('POST /api/stacks/:stackId/labels', {
  policy: 'operate',
  audit: 'stack.label.added',
  request: { params, headers: IfMatch, body: z.strictObject({ label: tag }) },
  response: AgentLabels,
  reach: true,
});
export const removeStackLabel = endpoint('DELETE /api/stacks/:stackId/labels', {
  policy: 'operate',
  audit: 'stack.label.removed',
  request: { params, headers: IfMatch, body: z.strictObject({ label: storedTag }) },
  response: AgentLabels,
  reach: true,
});
export const readStackAnnotations = endpoint('GET /api/stacks/:stackId/annotations', {
  policy: 'read',
  audit: 'none',
  request: { params },
  response: AgentAnnotations,
});
export const addStackAnnotation = endpoint('POST /api/stacks/:stackId/annotations', {
  policy: 'operate',
  audit: 'stack.annotation.added',
  request: { params, headers: IfMatch, body: z.strictObject({ key: tag, value: tagValue }) },
  response: AgentAnnotations,
  reach: true,
});
export const removeStackAnnotation = endpoint('DELETE /api/stacks/:stackId/annotations', {
  policy: 'operate',
  audit: 'stack.annotation.removed',
  request: { params, headers: IfMatch, body: z.strictObject({ key: storedTag }) },
  response: AgentAnnotations,
  reach: true,
});
