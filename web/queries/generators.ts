import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listGenerators } from '#contract/generators.ts';
import { call } from '#web/api/call.ts';

/** Generators to choose from, by name; `text` narrows when there are more than fit. */
export const generatorChoices = (text = '') =>
  queryOptions({
    queryKey: ['generators', 'choices', text],
    queryFn: ({ signal }) => call(listGenerators, { query: { limit: '200', sort: 'name', ...(text === '' ? {} : { q: text }) } }, signal),
    placeholderData: keepPreviousData,
  });
