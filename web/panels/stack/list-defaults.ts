import { reachedAgentFilters, reachedAgentSorts } from '#contract/reach.ts';
import type { ListRules } from '#web/lib/list-state.ts';

/** The rail shows few at a time, and Roll back… looks no further. */
export const railSize = '25';
/** Worst first, as the lists of agents come by themselves. */
export const reachedRules: ListRules = { sort: 'state', sorts: reachedAgentSorts, filters: reachedAgentFilters };
/** Only those that an explicit target reaches. */
export const targetedOnly = 'by:target';
