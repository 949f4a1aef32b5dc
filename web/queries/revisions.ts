import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { listRevisions, readRevision, submitDeletionMarker } from '#contract/revisions.ts';
import type { Revision, StackRow } from '#contract/stacks.ts';
import { useAttempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { discardDraft } from '#web/api/drafts.ts';
import type { ListState } from '#web/lib/list-state.ts';
import { words } from '#web/lib/words/index.ts';
import { stackChanged } from './stacks.ts';

export const stackRevisions = (stackId: string, state: Pick<ListState, 'offset' | 'limit' | 'q'>) =>
  queryOptions({
    queryKey: ['stack', stackId, 'revisions', state],
    queryFn: ({ signal }) => call(listRevisions, { params: { stackId }, query: state }, signal),
    placeholderData: keepPreviousData,
  });
/** With its text; a revision never changes. */
export const revisionDetail = (revisionId: string) =>
  queryOptions({
    queryKey: ['revision', revisionId],
    queryFn: ({ signal }) => call(readRevision, { params: { revisionId } }, signal),
    staleTime: Infinity,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });

/** As `If-Match` spells it: the revision that was looked at, or that there was none. */
export const reviewed = (current: Revision | null): string => `"${current?.id ?? 'none'}"`;
export const deletionMarkerDraft = (stackId: string) => `stack/${stackId}/deletion-marker`;

export function useSubmitDeletionMarker({ id: stackId, name }: StackRow) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: ({ reason, current }: { reason: string; current: Revision | null }) =>
      call(submitDeletionMarker, { params: { stackId }, headers: { 'if-match': reviewed(current) }, body: { reason }, attempt }),
    meta: { success: ({ sequence }: Revision) => words.stack.marker.done(sequence, name) },
    onSuccess: () => discardDraft(deletionMarkerDraft(stackId)),
    onSettled: () => stackChanged(client, stackId),
  });
}
