import { queryOptions } from '@tanstack/react-query';
import { AgentAnnotations, AgentLabels, type Annotation } from '#contract/agent-tags.ts';
import {
  addStackAnnotation,
  addStackLabel,
  readStackAnnotations,
  readStackLabels,
  removeStackAnnotation,
  removeStackLabel,
} from '#contract/stack-tags.ts';
import type { Attempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { discardDraft } from '#web/api/drafts.ts';
import { rereadEvery } from '#web/api/query-client.ts';
import { words } from '#web/lib/words/index.ts';
import { type OnSet, useTagChange } from './tag-sets.ts';

/** The broker announces no change of these sets. */
const rereadTagsMs = 60_000;

export const stackLabels = (stackId: string) =>
  queryOptions({
    queryKey: ['stack', stackId, 'labels'],
    queryFn: ({ signal }) => call(readStackLabels, { params: { stackId } }, signal),
    refetchInterval: rereadEvery(rereadTagsMs),
  });
export const stackAnnotations = (stackId: string) =>
  queryOptions({
    queryKey: ['stack', stackId, 'annotations'],
    queryFn: ({ signal }) => call(readStackAnnotations, { params: { stackId } }, signal),
    refetchInterval: rereadEvery(rereadTagsMs),
  });

export const stackLabelDraft = (stackId: string) => `stack/${stackId}/label`;
export const stackAnnotationDraft = (stackId: string) => `stack/${stackId}/annotation`;

interface Named {
  id: string;
  name: string;
}
/** One label more or less changes whom the stack reaches. */
const staleWith = (stackId: string) => [
  ...['detail', 'matrix', 'agents', 'tag-reach', 'history'].map((part) => ['stack', stackId, part]),
  ['stacks'],
];

const labelSet = (stackId: string, endpoint: typeof addStackLabel | typeof removeStackLabel) => ({
  key: stackLabels(stackId).queryKey,
  answer: AgentLabels,
  send: ({ label, etag }: OnSet<{ label: string }>, attempt: Attempt) =>
    call(endpoint, { params: { stackId }, headers: { 'if-match': etag }, body: { label }, attempt }),
  stale: staleWith(stackId),
});
export const useAddStackLabel = ({ id, name }: Named) =>
  useTagChange({
    ...labelSet(id, addStackLabel),
    meta: { success: (_, { label }) => words.agents.labels.added(label, name) },
    onDone: ({ label }) => discardDraft(stackLabelDraft(id), { label }),
  });
export const useRemoveStackLabel = ({ id }: Named) =>
  useTagChange({ ...labelSet(id, removeStackLabel), meta: { failure: ({ label }) => words.agents.labels.notRemoved(label) } });
export const useRestoreStackLabel = ({ id }: Named) =>
  useTagChange({
    ...labelSet(id, addStackLabel),
    meta: { success: (_, { label }) => words.agents.undone(label), failure: ({ label }) => words.agents.labels.notAdded(label) },
  });

type AnnotationChange = OnSet<{ annotation: Annotation }>;
const annotationSet = (stackId: string, send: (change: AnnotationChange, attempt: Attempt) => Promise<AgentAnnotations>) => ({
  key: stackAnnotations(stackId).queryKey,
  answer: AgentAnnotations,
  send,
  stale: staleWith(stackId),
});
const addTo = (stackId: string) =>
  annotationSet(stackId, ({ annotation, etag }, attempt) =>
    call(addStackAnnotation, { params: { stackId }, headers: { 'if-match': etag }, body: annotation, attempt }),
  );
const removeFrom = (stackId: string) =>
  annotationSet(stackId, ({ annotation: { key }, etag }, attempt) =>
    call(removeStackAnnotation, { params: { stackId }, headers: { 'if-match': etag }, body: { key }, attempt }),
  );

export const useAddStackAnnotation = ({ id, name }: Named) =>
  useTagChange({
    ...addTo(id),
    meta: { success: (_, { annotation }) => words.agents.annotations.added(annotation.key, name) },
    onDone: ({ annotation }) => discardDraft(stackAnnotationDraft(id), { ...annotation }),
  });
export const useRemoveStackAnnotation = ({ id }: Named) =>
  useTagChange({ ...removeFrom(id), meta: { failure: ({ annotation }) => words.agents.annotations.notRemoved(annotation.key) } });
export const useRestoreStackAnnotation = ({ id }: Named) =>
  useTagChange({
    ...addTo(id),
    meta: {
      success: (_, { annotation }) => words.agents.undone(annotation.key),
      failure: ({ annotation }) => words.agents.annotations.notAdded(annotation.key),
    },
  });
