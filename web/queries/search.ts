import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { searchEverything } from '#contract/fleet-views.ts';
import { call } from '#web/api/call.ts';

/** Agents and stacks by name, id or cluster; asked for while somebody searches, never by itself. */
export const found = (text: string, tenant: string | undefined) =>
  queryOptions({
    queryKey: ['search', text, tenant ?? ''],
    queryFn: ({ signal }) => call(searchEverything, { query: { q: text, ...(tenant === undefined ? {} : { tenant }) } }, signal),
    placeholderData: keepPreviousData,
    enabled: text !== '',
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });
