import { type Filter, formatFilter, pageSizes, parseFilter } from '#contract/list.ts';
import { tenantOf } from './scope.ts';

/** What a list asks for, spelled as in the API: it is the `query` of `call` and lives in the page's URL under the same names. */
export interface ListState {
  offset?: string;
  limit?: string;
  sort?: string;
  q?: string;
  filter?: string[];
  /** The tenant that the page is scoped to. */
  tenant?: string;
}
export interface ListDefaults {
  sort?: string;
  limit?: number;
}
export type { Filter };

/** The list a URL describes. What the page would never write (a foreign page size, a negative offset) counts as absent. */
export function listState(url: string | URL, defaults: ListDefaults = {}): ListState {
  const { search: query, searchParams: search } = new URL(url, 'http://page');
  const tenant = tenantOf(query);
  const limit = Number(search.get('limit') ?? defaults.limit ?? 50);
  const offset = Number(search.get('offset') ?? 0);
  const sort = search.get('sort') ?? defaults.sort;
  const q = search.get('q')?.slice(0, 200);
  const filter = search.getAll('filter').filter((text) => parseFilter(text) !== undefined);
  return {
    offset: String(Number.isInteger(offset) && offset > 0 ? offset : 0),
    limit: String(pageSizes.some((size) => size === limit) ? limit : 50),
    ...(sort !== undefined && /^-?[a-zA-Z0-9]{1,40}$/.test(sort) ? { sort } : {}),
    ...(q ? { q } : {}),
    ...(filter.length > 0 ? { filter } : {}),
    ...(tenant === undefined ? {} : { tenant }),
  };
}

/** How a widget reads and moves a list; `useListState` makes one over the URL. */
export interface ListControls {
  state: ListState;
  offset: number;
  limit: number;
  sort: { key: string; descending: boolean } | undefined;
  q: string;
  filters: Filter[];
  /** Row whose drawer or form is open. */
  opened: string | undefined;
  /** Search or filters leave something out. */
  isFiltered: boolean;
  /** Ascending, then descending, then as the list comes. */
  sortBy: (key: string, descending?: boolean) => void;
  search: (text: string) => void;
  /** Replaces the filter on that field; no values take it away. */
  filterBy: (filter: Filter) => void;
  clear: () => void;
  goTo: (offset: number) => void;
  resize: (limit: number) => void;
  open: (id: string | undefined) => void;
}

/** Search parameters with one filter set, replaced or taken away. */
export function withFilter(filters: readonly Filter[], changed: Filter): string[] {
  const others = filters.filter(({ field }) => field !== changed.field);
  return (changed.values.length > 0 ? [...others, changed] : others).map(formatFilter);
}
