import { useState } from 'react';
import { submitDeletionMarker, submitRevision } from '#contract/revisions.ts';
import { deleteStack, editStack, type Revision, type StackDetail, type StackRow } from '#contract/stacks.ts';
import { useMays } from '#web/context/session.tsx';
import type { Coverage } from '#web/lib/coverage.ts';
import { words } from '#web/lib/words/index.ts';

export type StackDialog = 'edit' | 'delete' | 'marker';

/** What can be done to this stack from its page: by its buttons and by its menu. */
export interface StackActions {
  /** The dialog that is open, with what was looked at when it opened: a change is made on that. */
  dialog: { kind: StackDialog; stack: StackRow; current: Revision | null; coverage: Coverage } | undefined;
  open: (kind: StackDialog) => void;
  close: () => void;
  /** Why not. */
  why: Record<StackDialog | 'submit' | 'rollBack' | 'compare', string | undefined>;
  /** What a roll back brings back and a comparison starts from: the newest text before the current revision. */
  earlier: Revision | undefined;
  current: Revision | null;
}

/** @param revisions the newest ones, newest first; undefined while they are read */
export function useStackActions({ stack, current, coverage }: StackDetail, revisions: readonly Revision[] | undefined): StackActions {
  const [dialog, setDialog] = useState<StackActions['dialog']>();
  const may = useMays();
  const before = revisions?.filter(({ id, sequence }) => current !== null && id !== current.id && sequence < current.sequence);
  const earlier = before?.find(({ isDeletionMarker }) => !isDeletionMarker);
  const noEarlier =
    current === null
      ? words.stack.noCurrent
      : earlier !== undefined
        ? undefined
        : before === undefined
          ? words.stack.earlierNotRead
          : before.length === 0
            ? words.stack.noEarlier
            : words.stack.noEarlierText;
  return {
    dialog,
    open: (kind) => setDialog({ kind, stack, current, coverage }),
    close: () => setDialog(undefined),
    why: {
      submit: may(submitRevision).why,
      rollBack: may(submitRevision).why ?? noEarlier,
      compare: noEarlier,
      edit: may(editStack).why,
      delete: may(deleteStack).why,
      marker:
        may(submitDeletionMarker).why ??
        (current === null ? words.stack.noCurrent : current.isDeletionMarker ? words.stack.marker.isMarker : undefined),
    },
    earlier,
    current,
  };
}
