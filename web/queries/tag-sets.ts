import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { type Attempt, useAttempt } from '#web/api/attempt.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';

/** A change of one label or annotation, on the set that was looked at. */
export type OnSet<Change> = Change & { etag: string };

interface TagChange<Answer, Change> {
  /** Where the set rests. */
  key: QueryKey;
  answer: z.ZodMiniType<Answer>;
  send: (change: OnSet<Change>, attempt: Attempt) => Promise<Answer>;
  /** What else shows it. */
  stale: readonly QueryKey[];
  meta: { success?: (answer: Answer, change: OnSet<Change>) => string; failure?: (change: OnSet<Change>) => string };
  onDone?: (change: OnSet<Change>) => void;
}
/** The set is shown at once as the change left it; a refused one shows it as it is now: as the refusal carried it, else read again. */
export function useTagChange<Answer, Change>({ key, answer, send, stale, meta, onDone }: TagChange<Answer, Change>) {
  const client = useQueryClient();
  const attempt = useAttempt();
  async function show(set: Answer): Promise<void> {
    // A reading that began before the change would bring the old set back, and with it an entity tag that refuses the next change.
    await client.cancelQueries({ queryKey: key });
    client.setQueryData(key, set);
  }
  return useMutation({
    mutationFn: (change: OnSet<Change>) => send(change, attempt),
    meta,
    async onSuccess(set, change) {
      onDone?.(change);
      await show(set);
      for (const queryKey of stale) void client.invalidateQueries({ queryKey });
    },
    async onError(error) {
      const now = currentOf(error, answer);
      if (now !== undefined) await show(now);
      else void client.invalidateQueries({ queryKey: key });
    },
  });
}
