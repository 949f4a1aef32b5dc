import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ProblemError } from '#contract/problem.ts';
import { compareRevisions, previewSubmission, submitRevision } from '#contract/revisions.ts';
import type { Revision, StackDetail, StackRow } from '#contract/stacks.ts';
import { type Attempt, newAttempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { discardDraft } from '#web/api/drafts.ts';
import { submit as words } from '#web/lib/words/en/submit.ts';
import { reviewed } from './revisions.ts';
import { stackChanged, stackDetail } from './stacks.ts';

/** Revisions never change, so neither does what differs between two. */
export const comparison = (from: string, to: string) =>
  queryOptions({
    queryKey: ['compare', from, to],
    queryFn: ({ signal }) => call(compareRevisions, { query: { from, to } }, signal),
    staleTime: Infinity,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });

/**
 * What the text would change. `version` stands for the text, which is too long for a key; the answer to an older one is given
 * up when a newer one is asked about, and shown until that is known.
 * @param currentId the current revision as far as the page knows: a newer one asks again
 */
export const submitPreview = (stackId: string, { yaml, version }: { yaml: string; version: number }, currentId: string | undefined) =>
  queryOptions({
    queryKey: ['preview', stackId, version, currentId],
    queryFn: ({ signal }) => call(previewSubmission, { params: { stackId }, body: { yaml } }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });

/** The text alone fills a draft; the reason and what was reviewed rest beside it. */
export const submitDraft = (stackId: string, from?: string) => `stack/${stackId}/submit${from === undefined ? '' : `/${from}`}`;
export const reviewDraft = (stackId: string, from?: string) => `${submitDraft(stackId, from)}/review`;

export interface Submission {
  yaml: string;
  /** The current revision that was looked at. */
  based: Revision | null;
  rollbackTo: Revision | undefined;
  reason: string;
}
/** As the console itself refuses a submission that another one has overtaken; here it was found before anything was sent. */
const overtakenBy = (current: Revision | null) =>
  new ProblemError('changed_meanwhile', 'Another revision was submitted meanwhile', { current });

/** Reads the current revision once more, then sends: one revision per text and reviewed revision, however often it is pressed. */
export function useSubmitRevision({ id: stackId, name }: StackRow, from: string | undefined) {
  const client = useQueryClient();
  const last = useRef<{ what: string; attempt: Attempt }>(undefined);
  function attemptAt(what: string): Attempt {
    // Another text is another change: its key must not be that of one whose outcome is not known.
    if (last.current?.what !== what) last.current = { what, attempt: newAttempt() };
    return last.current.attempt;
  }
  return useMutation({
    async mutationFn({ yaml, based, rollbackTo, reason }: Submission) {
      const { current } = await client.fetchQuery({ ...stackDetail(stackId), staleTime: 0 });
      if (current?.id !== based?.id && (current?.sequence ?? 0) > (based?.sequence ?? 0)) throw overtakenBy(current);
      return call(submitRevision, {
        params: { stackId },
        headers: { 'if-match': reviewed(based) },
        body: { yaml, ...(reason !== '' && { reason }), ...(rollbackTo && { rollbackTo: rollbackTo.id }) },
        attempt: attemptAt(`${based?.id} ${rollbackTo?.id} ${reason} ${yaml}`),
      });
    },
    meta: {
      success: ({ sequence }: Revision, { rollbackTo }: Submission) =>
        rollbackTo === undefined ? words.send.done(sequence, name) : words.send.rolledBack(rollbackTo.sequence, sequence, name),
    },
    onSuccess: (current, { yaml }) => {
      if (discardDraft(submitDraft(stackId, from), { yaml })) discardDraft(reviewDraft(stackId, from));
      client.setQueryData<StackDetail>(stackDetail(stackId).queryKey, (detail) => detail && { ...detail, current });
    },
    onSettled: () => stackChanged(client, stackId),
  });
}
