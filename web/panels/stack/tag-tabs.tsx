import { useQuery } from '@tanstack/react-query';
import { AgentAnnotations, AgentLabels } from '#contract/agent-tags.ts';
import { addStackAnnotation, addStackLabel, removeStackAnnotation, removeStackLabel } from '#contract/stack-tags.ts';
import type { StackRow } from '#contract/stacks.ts';
import { useMays } from '#web/context/session.tsx';
import { useDraft } from '#web/hooks/use-draft.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { words } from '#web/lib/words/index.ts';
import {
  stackAnnotationDraft,
  stackAnnotations,
  stackLabelDraft,
  stackLabels,
  useAddStackAnnotation,
  useAddStackLabel,
  useRemoveStackAnnotation,
  useRemoveStackLabel,
  useRestoreStackAnnotation,
  useRestoreStackLabel,
} from '#web/queries/stack-tags.ts';
import { AnnotationSet } from '#web/ui/annotation-set.tsx';
import { LabelSet } from '#web/ui/label-set.tsx';

const say = words.stack;

export function LabelsTab({ stack }: { stack: StackRow }) {
  const reading = useQuery(stackLabels(stack.id));
  const draft = useDraft(stackLabelDraft(stack.id), { label: '' });
  const add = useAddStackLabel(stack);
  const remove = useRemoveStackLabel(stack);
  const restore = useRestoreStackLabel(stack);
  const may = useMays();
  return (
    <LabelSet
      name={stack.name}
      effect={say.labels.effect}
      emptyText={say.labels.emptyText}
      note={say.labels.removeNote}
      reading={reading}
      draft={draft}
      writes={{
        add,
        remove,
        restore,
        whyNotAdd: may(addStackLabel).why,
        whyNotRemove: may(removeStackLabel).why,
        now: currentOf(add.error, AgentLabels),
      }}
    />
  );
}

export function AnnotationsTab({ stack }: { stack: StackRow }) {
  const reading = useQuery(stackAnnotations(stack.id));
  const draft = useDraft(stackAnnotationDraft(stack.id), { key: '', value: '' });
  const add = useAddStackAnnotation(stack);
  const remove = useRemoveStackAnnotation(stack);
  const restore = useRestoreStackAnnotation(stack);
  const may = useMays();
  return (
    <AnnotationSet
      name={stack.name}
      effect={say.annotations.effect}
      emptyText={say.annotations.emptyText}
      note={say.annotations.removeNote}
      reading={reading}
      draft={draft}
      writes={{
        add,
        remove,
        restore,
        whyNotAdd: may(addStackAnnotation).why,
        whyNotRemove: may(removeStackAnnotation).why,
        now: currentOf(add.error, AgentAnnotations),
      }}
    />
  );
}
