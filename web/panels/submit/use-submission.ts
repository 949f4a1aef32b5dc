import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reason as reasonSchema } from '#contract/endpoint.ts';
import type { ShapeFinding } from '#contract/kubernetes-shape.ts';
import { maxYamlBytes } from '#contract/revisions.ts';
import { Revision, type StackDetail } from '#contract/stacks.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import { useSettled } from '#web/hooks/use-settled.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { paths } from '#web/lib/paths.ts';
import { submit as say } from '#web/lib/words/en/submit.ts';
import { revisionDetail } from '#web/queries/revisions.ts';
import { reviewDraft, submitDraft, submitPreview, useSubmitRevision } from '#web/queries/submit.ts';
import { useGo } from '#web/ui/link.tsx';
import { useShape } from './use-shape.ts';

/** What the page began with; it stays that while others submit. */
export interface Start {
  yaml: string;
  current: Revision | null;
  /** The revision asked for by the address, to bring back or to begin with. */
  from: { revision: Revision; stackId: string; stackName: string | null; yaml: string } | undefined;
}

const shapeRestMs = 250;
const previewRestMs = 600;
const utf8 = new TextEncoder();
const bytesOf = (text: string) => utf8.encode(text).length;
const isSendable = (text: string) => text.trim() !== '' && bytesOf(text) <= maxYamlBytes;
const none = 'none';
const noFindings: readonly ShapeFinding[] = [];

const newest = (revisions: readonly (Revision | null | undefined)[]): Revision | null =>
  revisions.reduce<Revision | null>((last, one) => (one && one.sequence > (last?.sequence ?? -1) ? one : last), null);

/** The text on its way to be a revision: its drafts, its checks, what it was reviewed against, and sending it. */
export function useSubmission({ stack, ...detail }: StackDetail, start: Start) {
  const fromId = start.from?.revision.id;
  const text = useDraft(submitDraft(stack.id, fromId), { yaml: start.yaml });
  // Apart from the text, which may fill a draft to its last byte.
  const review = useDraft(reviewDraft(stack.id, fromId), { reason: '', reviewed: '' });
  const send = useSubmitRevision(stack, fromId);
  const go = useGo();
  const [hasTried, setHasTried] = useState(false);
  const { yaml } = text.values;
  const bytes = bytesOf(yaml);
  const isEmpty = yaml.trim() === '';

  const toCheck = useSettled(yaml, shapeRestMs);
  const shape = useShape(toCheck.text);
  const isChecked = toCheck.text === yaml && shape.state !== 'checking';

  const refused = currentOf(send.error, Revision);
  const toCompare = useSettled(yaml, previewRestMs);
  const known = newest([detail.current, start.current, refused]);
  const canCompare = isSendable(toCompare.text);
  const preview = useQuery({
    ...submitPreview(stack.id, { yaml: toCompare.text, version: toCompare.version }, known?.id),
    enabled: canCompare,
  });
  const current = newest([known, preview.data?.based]);
  const isAnswered = toCompare.text === yaml && !preview.isPlaceholderData && (preview.data !== undefined || preview.isError);

  const reviewedId = review.values.reviewed || (start.current?.id ?? none);
  const seen = [start.current, current].find((one) => one?.id === reviewedId);
  const restored = useQuery({ ...revisionDetail(reviewedId), enabled: seen === undefined && reviewedId !== none });
  const reviewed = seen ?? restored.data?.revision ?? null;
  const newer = current !== null && current.id !== reviewedId ? current : undefined;

  const { from } = start;
  const isRollBack =
    from !== undefined &&
    from.stackId === stack.id &&
    !from.revision.isDeletionMarker &&
    from.revision.id !== current?.id &&
    yaml === from.yaml;
  const reason = review.values.reason.trim();
  const reasonFault =
    (reason !== '' || isRollBack) && !reasonSchema.safeParse(reason).success
      ? isRollBack
        ? say.send.reasonNeeded
        : say.send.reasonShort
      : undefined;
  // Where nothing is written yet nothing is wrong: the button says what is missing.
  const findings: readonly ShapeFinding[] = isEmpty ? noFindings : (shape.shape?.findings ?? noFindings);
  const firstError = findings.find(({ severity }) => severity === 'error');
  const why =
    newer !== undefined
      ? say.newer.first(newer.sequence)
      : isEmpty
        ? say.send.empty
        : bytes > maxYamlBytes
          ? say.editor.tooLarge(bytes - maxYamlBytes)
          : !isChecked
            ? say.send.stillChecking
            : shape.state === 'done' && firstError !== undefined
              ? say.send.faulty(firstError.line)
              : isAnswered
                ? undefined
                : say.send.stillComparing;

  return {
    text,
    yaml,
    bytes,
    isEmpty,
    shape,
    findings,
    isChecked,
    preview,
    canCompare,
    isCompared: isAnswered && preview.data?.based?.id === current?.id,
    current,
    reviewed,
    newer,
    rollsBackTo: isRollBack ? from.revision : undefined,
    reason: { ...review.field('reason'), error: hasTried ? reasonFault : undefined },
    why,
    send,
    type: (next: string) => {
      text.set({ yaml: next });
      // What a draft was written against is kept with it: after a reload the page must know that it has been overtaken.
      if (review.values.reviewed === '') review.set({ reviewed: reviewedId });
    },
    goOnFrom: (revision: Revision) => {
      review.set({ reviewed: revision.id });
      send.reset();
    },
    discard: () => {
      text.discard();
      review.discard();
      send.reset();
    },
    submit: () => {
      setHasTried(true);
      if (why !== undefined || reasonFault !== undefined || send.isPending) return;
      send.mutate(
        { yaml, based: reviewed, rollbackTo: isRollBack ? from.revision : undefined, reason },
        { onSuccess: () => go(paths.stack(stack.id)) },
      );
    },
  };
}
export type SubmissionState = ReturnType<typeof useSubmission>;
