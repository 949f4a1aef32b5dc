import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listAgentGroups, readFleetMap } from '#contract/fleet-views.ts';
import { call } from '#web/api/call.ts';
import type { ListState } from '#web/lib/list-state.ts';

/** What of a list's state narrows the fleet, without its page and order. */
const narrowing = ({ q, filter, tenant }: ListState) => ({
  ...(q === undefined ? {} : { q }),
  ...(filter === undefined ? {} : { filter }),
  ...(tenant === undefined ? {} : { tenant }),
});

/** @param by `cluster`, or `label:` and a label's key */
export const agentGroups = (by: string, state: ListState) => {
  const query = { by, ...narrowing(state) };
  return queryOptions({
    queryKey: ['agents', 'groups', query],
    queryFn: ({ signal }) => call(listAgentGroups, { query }, signal),
    placeholderData: keepPreviousData,
  });
};
export const fleetMap = (state: ListState) => {
  const query = narrowing(state);
  return queryOptions({
    queryKey: ['agents', 'map', query],
    queryFn: ({ signal }) => call(readFleetMap, { query }, signal),
    placeholderData: keepPreviousData,
  });
};
