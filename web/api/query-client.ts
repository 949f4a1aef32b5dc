import { MutationCache, notifyManager, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '#contract/problem.ts';
import { explain } from '#web/lib/failure.ts';
import { expiryStore } from '#web/stores/expiry.ts';
import { toastFailure, toastSuccess } from '#web/stores/toasts.ts';

/** A sentence, or one made from what the change answered and what it was asked. */
type Said<Arguments extends never[]> = string | ((...given: Arguments) => string);
declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      success?: Said<[answer: never, asked: never]>;
      /** The title of the toast; its body tells the cause. */
      failure?: Said<[asked: never]>;
    };
  }
}

// That a change is under way must be known before the next event: by default it is told in a later task, and the second
// half of a double click would send again.
notifyManager.setScheduler(queueMicrotask);

/** How often a visible page reads what it shows. */
export const rereadMs = 10_000;

/** When to read again: not while signed out, not what is not there, and never before a refusal allows it. */
export const rereadEvery =
  (everyMs: number) =>
  ({ state: { error } }: { state: { error: unknown } }): number | false => {
    const problem = error instanceof ProblemError ? error.problem : undefined;
    if (expiryStore.getState().expired || problem?.code === 'not_found') return false;
    return Math.max(everyMs, (problem?.retry_after_s ?? 0) * 1000);
  };

/** When one comes back to the page: at once, under the same conditions. */
export function rereadOnReturn({
  state: { error, errorUpdatedAt },
}: {
  state: { error: unknown; errorUpdatedAt: number };
}): 'always' | false {
  const waitMs = error instanceof ProblemError ? (error.problem.retry_after_s ?? 0) * 1000 : 0;
  return expiryStore.getState().expired || Date.now() < errorUpdatedAt + waitMs ? false : 'always';
}

const say = (said: string | ((...given: never[]) => string) | undefined, ...given: unknown[]) =>
  typeof said === 'function' ? said(...(given as never[])) : said;

/** What is told elsewhere makes no toast: beside its field, in the sign-in over the page. */
const toldElsewhere = (error: unknown) =>
  error instanceof ProblemError && (error.code === 'sign_in_required' || (error.problem.errors?.length ?? 0) > 0);

export function newQueryClient(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onSuccess: (answer, asked, _context, mutation) => {
        const title = say(mutation.meta?.success, answer, asked);
        if (title !== undefined) toastSuccess(title);
      },
      onError: (error, asked, _context, mutation) => {
        const title = say(mutation.meta?.failure, asked);
        if (title !== undefined && !toldElsewhere(error)) toastFailure(title, explain(error));
      },
    }),
    defaultOptions: {
      queries: {
        // Hidden pages never read.
        refetchInterval: rereadEvery(rereadMs),
        refetchIntervalInBackground: false,
        refetchOnWindowFocus: rereadOnReturn,
        // Long enough that a navigation's loader and its screen are one request.
        staleTime: 2000,
        retry: false,
        // The browser's idea of "offline" knows nothing about loopback or an air-gapped network.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
