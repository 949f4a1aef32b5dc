import { keepPreviousData, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  addAgentAnnotation,
  addAgentLabel,
  type AgentAnnotations,
  type AgentLabels,
  type Annotation,
  listLabelsOfAgents,
  readAgentAnnotations,
  readAgentLabels,
  removeAgentAnnotation,
  removeAgentLabel,
} from '#contract/agent-tags.ts';
import { useAttempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { discardDraft } from '#web/api/drafts.ts';
import { words } from '#web/lib/words/index.ts';

/** The broker announces no change of labels, and each agent costs it a read: once a minute while shown. */
const rereadLabelsMs = 60_000;

/** Labels of the agents on one page; the order of the rows does not matter. */
export const labelsOfAgents = (agentIds: readonly string[]) => {
  const ids = agentIds.toSorted();
  return queryOptions({
    queryKey: ['agents', 'labels', ids],
    queryFn: ({ signal }) => call(listLabelsOfAgents, { query: { agents: ids.join(',') } }, signal),
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
    staleTime: rereadLabelsMs,
    refetchInterval: rereadLabelsMs,
  });
};
export const agentLabels = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'labels'],
    queryFn: ({ signal }) => call(readAgentLabels, { params: { agentId } }, signal),
  });
export const agentAnnotations = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'annotations'],
    queryFn: ({ signal }) => call(readAgentAnnotations, { params: { agentId } }, signal),
  });

export const labelDraft = (agentId: string) => `agent/${agentId}/label`;
export const annotationDraft = (agentId: string) => `agent/${agentId}/annotation`;

/** The set as the change left it, at once; what else shows it is read again. */
function showTags(client: QueryClient, agentId: string, set: 'labels' | 'annotations', answer: AgentLabels | AgentAnnotations): void {
  client.setQueryData(['agent', agentId, set], answer);
  void client.invalidateQueries({ queryKey: ['agent', agentId, 'history'] });
  void client.invalidateQueries({ queryKey: ['agents', 'labels'] });
}

/** Of one agent, by the id the address names and the name people know. */
interface Named {
  id: string;
  name: string;
}
interface LabelChange {
  label: string;
  etag: string;
}
export function useAddAgentLabel({ id: agentId, name }: Named) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: ({ label, etag }: LabelChange) => call(addAgentLabel, { params: { agentId }, headers: { 'if-match': etag }, body: { label }, attempt }),
    meta: { success: (_: AgentLabels, { label }: LabelChange) => words.agents.labels.added(label, name) },
    onSuccess: (labels) => {
      discardDraft(labelDraft(agentId));
      showTags(client, agentId, 'labels', labels);
    },
  });
}
export function useRemoveAgentLabel({ id: agentId }: Named) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: ({ label, etag }: LabelChange) => call(removeAgentLabel, { params: { agentId }, headers: { 'if-match': etag }, body: { label }, attempt }),
    meta: { failure: ({ label }: LabelChange) => words.agents.labels.notRemoved(label) },
    onSuccess: (labels) => showTags(client, agentId, 'labels', labels),
    onError: () => void client.invalidateQueries({ queryKey: ['agent', agentId, 'labels'] }),
  });
}

interface AnnotationChange {
  annotation: Annotation;
  etag: string;
}
export function useAddAgentAnnotation({ id: agentId, name }: Named) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: ({ annotation, etag }: AnnotationChange) =>
      call(addAgentAnnotation, { params: { agentId }, headers: { 'if-match': etag }, body: annotation, attempt }),
    meta: { success: (_: AgentAnnotations, { annotation }: AnnotationChange) => words.agents.annotations.added(annotation.key, name) },
    onSuccess: (annotations) => {
      discardDraft(annotationDraft(agentId));
      showTags(client, agentId, 'annotations', annotations);
    },
  });
}
export function useRemoveAgentAnnotation({ id: agentId }: Named) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: ({ annotation, etag }: AnnotationChange) =>
      call(removeAgentAnnotation, { params: { agentId }, headers: { 'if-match': etag }, body: { key: annotation.key }, attempt }),
    meta: { failure: ({ annotation }: AnnotationChange) => words.agents.annotations.notRemoved(annotation.key) },
    onSuccess: (annotations) => showTags(client, agentId, 'annotations', annotations),
    onError: () => void client.invalidateQueries({ queryKey: ['agent', agentId, 'annotations'] }),
  });
}
