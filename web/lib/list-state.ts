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
/** How a list begins, and what it takes. */
export interface ListRules {
  sort?: string;
  limit?: number;
  /** Columns it sorts by and fields it filters by; absent, any name is left to the server to judge. */
  sorts?: readonly string[];
  filters?: readonly string[];
  /** Other parameters of the address, and which of their values mean something. */
  takes?: Readonly<Record<string, (value: string) => boolean>>;
}
/** One parameter of an address that the page cannot use. */
export interface Ignored {
  name: string;
  value: string;
}
export type { Filter };

/** What the server takes at most; a longer search is cut, further filters are left out. */
const longestSearch = 200;
const mostFilters = 20;

/** Which values of its own parameters a list can use. */
function usable({ sorts, filters, takes = {} }: ListRules): Record<string, (value: string, place: number) => boolean> {
  return {
    ...takes,
    offset: (value) => Number.isInteger(Number(value)) && Number(value) >= 0,
    limit: (value) => pageSizes.some((size) => String(size) === value),
    sort: (value) => /^-?[a-zA-Z0-9]{1,40}$/.test(value) && (sorts?.includes(value.replace('-', '')) ?? true),
    filter(value, place) {
      const field = parseFilter(value)?.field;
      return field !== undefined && (filters?.includes(field) ?? true) && place < mostFilters;
    },
    tenant: (value) => tenantOf(`?tenant=${value}`) !== undefined,
  };
}

/** The list a URL describes. What the page would never write (a foreign page size, an order it does not know) counts as absent. */
export function listState(url: string | URL, rules: ListRules = {}): ListState {
  const { searchParams: search } = new URL(url, 'http://page');
  const may = usable(rules);
  const all = (name: string) => search.getAll(name).filter((value, place) => may[name]?.(value, place) ?? true);
  const [offset = '0'] = all('offset');
  const [limit = String(rules.limit ?? 50)] = all('limit');
  const [sort = rules.sort] = all('sort');
  const [tenant] = all('tenant');
  const q = search.get('q')?.slice(0, longestSearch);
  const filter = all('filter');
  return {
    offset: String(Number(offset)),
    limit,
    ...(sort === undefined ? {} : { sort }),
    ...(q ? { q } : {}),
    ...(filter.length > 0 ? { filter } : {}),
    ...(tenant === undefined ? {} : { tenant }),
  };
}
/** What of a URL the list leaves out: told, so that nobody takes the list for what the address asked for. */
export function ignoredOf(url: string | URL, rules: ListRules): Ignored[] {
  const { searchParams: search } = new URL(url, 'http://page');
  return Object.entries(usable(rules)).flatMap(([name, may]) =>
    search.getAll(name).flatMap((value, place) => (may(value, place) ? [] : [{ name, value }])),
  );
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
  /** What the address asks for and the list does not have, and the way to take it out of the address. */
  ignored: readonly Ignored[];
  tidy: () => void;
  /** Search or filters leave something out. */
  isFiltered: boolean;
  /** Ascending, then descending, then as the list comes. */
  sortBy: (key: string, descending?: boolean) => void;
  search: (text: string) => void;
  /** Replaces what filters that field, or with `at` the one filter in that place; no values take it away. */
  filterBy: (filter: Filter, at?: number) => void;
  clear: () => void;
  goTo: (offset: number) => void;
  resize: (limit: number) => void;
  open: (id: string | undefined) => void;
}

/** Search parameters with one filter set, replaced where it stood, or taken away: the one in the place `at`, else all on its field. */
export function withFilter(filters: readonly Filter[], changed: Filter, at?: number): string[] {
  const isMeant = ({ field }: Filter, place: number) => (at === undefined ? field === changed.field : place === at);
  const first = filters.findIndex(isMeant);
  const others = filters.filter((filter, place) => !isMeant(filter, place));
  return (changed.values.length > 0 ? others.toSpliced(first < 0 ? others.length : first, 0, changed) : others).map(formatFilter);
}
