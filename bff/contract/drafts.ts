import * as z from 'zod/mini';
import { Done, endpoint } from './endpoint.ts';

/** `agent/<id>/rename`, `agent/create`: which form of which object. */
export const draftKey = z.string().check(z.regex(/^[a-z0-9][a-z0-9/_-]{0,199}$/));
/** Fields as typed; secret fields never come here. Resting sealed, per person, 7 days. */
export const DraftFields = z.record(z.string().check(z.maxLength(100)), z.string());
export const Draft = z.object({ key: draftKey, fields: DraftFields, savedAt: z.string() });
export type Draft = z.infer<typeof Draft>;

export const readDraft = endpoint('GET /api/drafts', {
  policy: 'session',
  audit: 'none',
  request: { query: z.strictObject({ key: draftKey }) },
  response: z.object({ draft: z.nullable(Draft) }),
});
export const saveDraft = endpoint('PUT /api/drafts', {
  policy: 'session',
  audit: 'none',
  request: { body: z.strictObject({ key: draftKey, fields: DraftFields }) },
  response: z.object({ savedAt: z.string() }),
  bodyLimit: 4 * 1024 * 1024,
});
export const discardDraft = endpoint('DELETE /api/drafts', {
  policy: 'session',
  audit: 'none',
  request: { body: z.strictObject({ key: draftKey }) },
  response: Done,
});
