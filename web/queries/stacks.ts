import { keepPreviousData, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Page } from '#contract/list.ts';
import {
  createStack,
  deleteStack,
  editStack,
  listStackFacts,
  listStackHistory,
  listStacks,
  readStack,
  type StackDetail,
  type StackRow,
} from '#contract/stacks.ts';
import { useAttempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { discardDraft } from '#web/api/drafts.ts';
import type { ListState } from '#web/lib/list-state.ts';
import { serverNow } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';

export const stackList = (state: ListState) =>
  queryOptions({
    queryKey: ['stacks', 'list', state],
    queryFn: ({ signal }) => call(listStacks, { query: state }, signal),
    placeholderData: keepPreviousData,
  });
/** Stacks to choose from, by name; `text` narrows. */
export const stackChoices = (text = '') =>
  queryOptions({
    queryKey: ['stacks', 'choices', text],
    queryFn: ({ signal }) => call(listStacks, { query: { limit: '50', sort: 'name', ...(text === '' ? {} : { q: text }) } }, signal),
    placeholderData: keepPreviousData,
  });
/** Labels, current revision and roll-up of the stacks on one page; the order of the rows does not matter. Its ages count from `receivedAt`. */
export const factsOfStacks = (stackIds: readonly string[]) => {
  const ids = stackIds.toSorted();
  return queryOptions({
    queryKey: ['stacks', 'facts', ids],
    queryFn: async ({ signal }) => {
      const { rows } = await call(listStackFacts, { query: { stacks: ids.join(',') } }, signal);
      return { rows, receivedAt: serverNow() };
    },
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
  });
};
export const stackDetail = (stackId: string) =>
  queryOptions({
    queryKey: ['stack', stackId, 'detail'],
    queryFn: ({ signal }) => call(readStack, { params: { stackId } }, signal),
  });
export const stackHistory = (stackId: string) =>
  queryOptions({
    queryKey: ['stack', stackId, 'history'],
    queryFn: ({ signal }) => call(listStackHistory, { params: { stackId } }, signal),
  });

/** Whatever a change of one stack makes old: its own page, and every list that shows it. */
export function stackChanged(client: QueryClient, stackId: string): void {
  void client.invalidateQueries({ queryKey: ['stack', stackId] });
  void client.invalidateQueries({ queryKey: ['stacks'] });
}
/** Shows the row that a change answered with, before anything is read again. */
function showStack(client: QueryClient, row: StackRow): void {
  client.setQueryData<StackDetail>(['stack', row.id, 'detail'], (detail) => detail && { ...detail, stack: row });
  client.setQueriesData<Page<StackRow>>(
    { queryKey: ['stacks', 'list'] },
    (page) => page && { ...page, rows: page.rows.map((old) => (old.id === row.id ? row : old)) },
  );
}

/** The stack as a list has shown it, where one has. */
export const shownStack = (client: QueryClient, stackId: string): StackRow | undefined =>
  client
    .getQueriesData<Page<StackRow>>({ queryKey: ['stacks', 'list'] })
    .flatMap(([, page]) => page?.rows ?? [])
    .find(({ id }) => id === stackId);

export const createStackDraft = 'stack/create';
export const editStackDraft = (stackId: string) => `stack/${stackId}/edit`;
export const deleteStackDraft = (stackId: string) => `stack/${stackId}/delete`;

export interface NewStack {
  name: string;
  generatorId: string;
  description?: string;
}
export function useCreateStack() {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (body: NewStack) => call(createStack, { body, attempt }),
    meta: { success: ({ name }: StackRow) => words.stacks.create.done(name) },
    onSuccess: () => discardDraft(createStackDraft),
    onSettled: () => void client.invalidateQueries({ queryKey: ['stacks'] }),
  });
}

export interface StackEdit {
  name: string;
  description: string;
  /** Entity tag of the version that was looked at: the row's, or after a 412 the newer one's. */
  etag: string;
}
export function useEditStack({ id: stackId }: StackRow) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: ({ etag, ...body }: StackEdit) => call(editStack, { params: { stackId }, headers: { 'if-match': etag }, body, attempt }),
    meta: { success: ({ name }: StackRow) => words.stack.edit.done(name) },
    onSuccess: (row) => {
      discardDraft(editStackDraft(stackId));
      showStack(client, row);
    },
    onSettled: () => stackChanged(client, stackId),
  });
}
export function useDeleteStack({ id: stackId, name }: StackRow) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (reason: string) => call(deleteStack, { params: { stackId }, body: { reason }, attempt }),
    meta: { success: words.stack.remove.done(name) },
    onSuccess: () => {
      discardDraft(editStackDraft(stackId));
      discardDraft(deleteStackDraft(stackId));
      void client.invalidateQueries({ queryKey: ['stacks'] });
    },
    onError: () => stackChanged(client, stackId),
  });
}
