import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listStacks } from '#contract/stacks.ts';
import { call } from '#web/api/call.ts';

/** Stacks to choose from, by name; `text` narrows. */
export const stackChoices = (text = '') =>
  queryOptions({
    queryKey: ['stacks', 'choices', text],
    queryFn: ({ signal }) => call(listStacks, { query: { limit: '50', sort: 'name', ...(text === '' ? {} : { q: text }) } }, signal),
    placeholderData: keepPreviousData,
  });
