import { keepPreviousData, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
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
import { type Attempt, useAttempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { discardDraft } from '#web/api/drafts.ts';
import { rereadEvery } from '#web/api/query-client.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { serverNow } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';

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

/** A refused change shows the set as it is now: the one the refusal carried, else a fresh one. */
function showCurrent(
  client: QueryClient,
  agentId: string,
  set: 'labels' | 'annotations',
  now: AgentLabels | AgentAnnotations | undefined,
): void {
  if (now !== undefined) client.setQueryData(['agent', agentId, set], now);
  else void client.invalidateQueries({ queryKey: ['agent', agentId, set] });
}
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
interface Meta<Answer, Change> {
  success?: (answer: Answer, change: Change) => string;
  failure?: (change: Change) => string;
}

interface LabelChange {
  label: string;
  /** Of the set that was looked at. */
  etag: string;
}
type LabelMeta = Meta<AgentLabels, LabelChange>;
function useChangeLabels(agentId: string, endpoint: typeof addAgentLabel | typeof removeAgentLabel, meta: LabelMeta, onDone?: () => void) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: ({ label, etag }: LabelChange) =>
      call(endpoint, { params: { agentId }, headers: { 'if-match': etag }, body: { label }, attempt }),
    meta,
    onSuccess: (labels) => {
      onDone?.();
      showTags(client, agentId, 'labels', labels);
    },
    onError: (error) => showCurrent(client, agentId, 'labels', currentOf(error, AgentLabels)),
  });
}
/** The form tells its own refusals. */
export const useAddAgentLabel = ({ id, name }: Named) =>
  useChangeLabels(id, addAgentLabel, { success: (_, { label }) => words.agents.labels.added(label, name) }, () =>
    discardDraft(labelDraft(id)),
  );
export const useRemoveAgentLabel = ({ id }: Named) =>
  useChangeLabels(id, removeAgentLabel, { failure: ({ label }) => words.agents.labels.notRemoved(label) });
/** Takes a removal back. */
export const useRestoreAgentLabel = ({ id }: Named) =>
  useChangeLabels(id, addAgentLabel, {
    success: (_, { label }) => words.agents.undone(label),
    failure: ({ label }) => words.agents.labels.notAdded(label),
  });

interface AnnotationChange {
  annotation: Annotation;
  etag: string;
}
type AnnotationMeta = Meta<AgentAnnotations, AnnotationChange>;
function useAnnotationChange(
  agentId: string,
  send: (change: AnnotationChange, attempt: Attempt) => Promise<AgentAnnotations>,
  meta: AnnotationMeta,
  onDone?: () => void,
) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (change: AnnotationChange) => send(change, attempt),
    meta,
    onSuccess: (annotations) => {
      onDone?.();
      showTags(client, agentId, 'annotations', annotations);
    },
    onError: (error) => showCurrent(client, agentId, 'annotations', currentOf(error, AgentAnnotations)),
  });
}
const addTo =
  (agentId: string) =>
  ({ annotation, etag }: AnnotationChange, attempt: Attempt) =>
    call(addAgentAnnotation, { params: { agentId }, headers: { 'if-match': etag }, body: annotation, attempt });
const removeFrom =
  (agentId: string) =>
  ({ annotation, etag }: AnnotationChange, attempt: Attempt) =>
    call(removeAgentAnnotation, { params: { agentId }, headers: { 'if-match': etag }, body: { key: annotation.key }, attempt });

export const useAddAgentAnnotation = ({ id, name }: Named) =>
  useAnnotationChange(id, addTo(id), { success: (_, { annotation }) => words.agents.annotations.added(annotation.key, name) }, () =>
    discardDraft(annotationDraft(id)),
  );
export const useRemoveAgentAnnotation = ({ id }: Named) =>
  useAnnotationChange(id, removeFrom(id), { failure: ({ annotation }) => words.agents.annotations.notRemoved(annotation.key) });
export const useRestoreAgentAnnotation = ({ id }: Named) =>
  useAnnotationChange(id, addTo(id), {
    success: (_, { annotation }) => words.agents.undone(annotation.key),
    failure: ({ annotation }) => words.agents.annotations.notAdded(annotation.key),
  });
