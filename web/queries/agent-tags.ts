import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  addAgentAnnotation,
  addAgentLabel,
  AgentAnnotations,
  AgentLabels,
  type Annotation,
  listLabelsOfAgents,
  readAgentAnnotations,
  readAgentLabels,
  removeAgentAnnotation,
  removeAgentLabel,
} from '#contract/agent-tags.ts';
import type { Attempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { discardDraft } from '#web/api/drafts.ts';
import { rereadEvery } from '#web/api/query-client.ts';
import { serverNow } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { type OnSet, useTagChange } from './tag-sets.ts';

/** The broker announces no change of labels, and each agent costs it a read: once a minute while shown. */
const rereadLabelsMs = 60_000;

/** Of one agent: null where the broker did not answer; `readAt` in milliseconds of the server's clock. */
export interface KnownLabels {
  labels: readonly string[] | null;
  readAt: number;
}
/** Labels of the agents on one page, by agent; the order of the rows does not matter. */
export const labelsOfAgents = (agentIds: readonly string[]) => {
  const ids = agentIds.toSorted();
  return queryOptions({
    queryKey: ['agents', 'labels', ids],
    queryFn: async ({ signal }) => {
      const { rows } = await call(listLabelsOfAgents, { query: { agents: ids.join(',') } }, signal);
      const now = serverNow();
      return new Map(rows.map(({ agentId, labels, ageMs }): [string, KnownLabels] => [agentId, { labels, readAt: now - ageMs }]));
    },
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
    staleTime: rereadLabelsMs,
    refetchInterval: rereadEvery(rereadLabelsMs),
  });
};
export const agentLabels = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'labels'],
    queryFn: ({ signal }) => call(readAgentLabels, { params: { agentId } }, signal),
    refetchInterval: rereadEvery(rereadLabelsMs),
  });
export const agentAnnotations = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'annotations'],
    queryFn: ({ signal }) => call(readAgentAnnotations, { params: { agentId } }, signal),
    refetchInterval: rereadEvery(rereadLabelsMs),
  });

export const labelDraft = (agentId: string) => `agent/${agentId}/label`;
export const annotationDraft = (agentId: string) => `agent/${agentId}/annotation`;

/** Of one agent, by the id the address names and the name people know. */
interface Named {
  id: string;
  name: string;
}
const staleWith = (agentId: string) => [
  ['agent', agentId, 'history'],
  ['agent', agentId, 'reach'],
  ['agents', 'labels'],
];

const labelSet = (agentId: string, endpoint: typeof addAgentLabel | typeof removeAgentLabel) => ({
  key: agentLabels(agentId).queryKey,
  answer: AgentLabels,
  send: ({ label, etag }: OnSet<{ label: string }>, attempt: Attempt) =>
    call(endpoint, { params: { agentId }, headers: { 'if-match': etag }, body: { label }, attempt }),
  stale: staleWith(agentId),
});
/** The form tells its own refusals. */
export const useAddAgentLabel = ({ id, name }: Named) =>
  useTagChange({
    ...labelSet(id, addAgentLabel),
    meta: { success: (_, { label }) => words.agents.labels.added(label, name) },
    onDone: ({ label }) => discardDraft(labelDraft(id), { label }),
  });
export const useRemoveAgentLabel = ({ id }: Named) =>
  useTagChange({ ...labelSet(id, removeAgentLabel), meta: { failure: ({ label }) => words.agents.labels.notRemoved(label) } });
/** Takes a removal back. */
export const useRestoreAgentLabel = ({ id }: Named) =>
  useTagChange({
    ...labelSet(id, addAgentLabel),
    meta: { success: (_, { label }) => words.agents.undone(label), failure: ({ label }) => words.agents.labels.notAdded(label) },
  });

type AnnotationChange = OnSet<{ annotation: Annotation }>;
const annotationSet = (agentId: string, send: (change: AnnotationChange, attempt: Attempt) => Promise<AgentAnnotations>) => ({
  key: agentAnnotations(agentId).queryKey,
  answer: AgentAnnotations,
  send,
  stale: staleWith(agentId),
});
const addTo = (agentId: string) =>
  annotationSet(agentId, ({ annotation, etag }, attempt) =>
    call(addAgentAnnotation, { params: { agentId }, headers: { 'if-match': etag }, body: annotation, attempt }),
  );
const removeFrom = (agentId: string) =>
  annotationSet(agentId, ({ annotation: { key }, etag }, attempt) =>
    call(removeAgentAnnotation, { params: { agentId }, headers: { 'if-match': etag }, body: { key }, attempt }),
  );

export const useAddAgentAnnotation = ({ id, name }: Named) =>
  useTagChange({
    ...addTo(id),
    meta: { success: (_, { annotation }) => words.agents.annotations.added(annotation.key, name) },
    onDone: ({ annotation }) => discardDraft(annotationDraft(id), { ...annotation }),
  });
export const useRemoveAgentAnnotation = ({ id }: Named) =>
  useTagChange({ ...removeFrom(id), meta: { failure: ({ annotation }) => words.agents.annotations.notRemoved(annotation.key) } });
export const useRestoreAgentAnnotation = ({ id }: Named) =>
  useTagChange({
    ...addTo(id),
    meta: {
      success: (_, { annotation }) => words.agents.undone(annotation.key),
      failure: ({ annotation }) => words.agents.annotations.notAdded(annotation.key),
    },
  });
