import { useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { parseFilter } from '#contract/list.ts';
import { ignoredOf, type ListControls, type ListRules, listState, withFilter } from '#web/lib/list-state.ts';

type Change = Record<string, string | readonly string[] | undefined>;

/**
 * Anything a shared link should show, kept in the URL under its own name: undefined takes it away.
 * `replace` for what changes with every key, so that Back means one step of a person.
 */
export function useUrlState(): {
  get: (name: string) => string | undefined;
  all(name: string): string[];
  set: (change: Change, replace?: boolean) => void;
} {
  const { search, pathname, hash } = useLocation();
  const navigate = useNavigate();
  return useMemo(() => {
    const now = new URLSearchParams(search);
    return {
      get: (name) => now.get(name) ?? undefined,
      all: (name) => now.getAll(name),
      set(change, replace = false) {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(change)) {
          next.delete(name);
          for (const one of typeof value === 'string' ? [value] : (value ?? [])) next.append(name, one);
        }
        // Colons, commas and slashes are legal in a query and easier to read.
        const text = next.toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
        if (text !== search.replace(/^\?/, '')) void navigate({ pathname, search: text, hash }, { replace, preventScrollReset: true });
      },
    };
  }, [search, pathname, hash, navigate]);
}

/** Page, sort, filters, search and opened row of a list: all of it in the URL, so that Back, reload and a shared link agree. */
export function useListState(columns: readonly { key: string; descendingFirst?: boolean }[], rules: ListRules = {}): ListControls {
  const url = useUrlState();
  const { search } = useLocation();
  const state = listState(search, rules);
  const ignored = ignoredOf(search, rules);
  const sort = state.sort === undefined ? undefined : { key: state.sort.replace('-', ''), descending: state.sort.startsWith('-') };
  const filters = (state.filter ?? []).flatMap((text) => parseFilter(text) ?? []);
  const fromStart = (change: Change, replace?: boolean) => url.set({ offset: undefined, open: undefined, ...change }, replace);
  return {
    state,
    offset: Number(state.offset),
    limit: Number(state.limit),
    sort,
    q: state.q ?? '',
    filters,
    opened: url.get('open'),
    ignored,
    tidy() {
      const isLeftOut = (name: string, value: string) => ignored.some((one) => one.name === name && one.value === value);
      const names = new Set(ignored.map(({ name }) => name));
      url.set(Object.fromEntries([...names].map((name) => [name, url.all(name).filter((value) => !isLeftOut(name, value))])), true);
    },
    isFiltered: state.q !== undefined || filters.length > 0,
    sortBy(key, descending) {
      const first = columns.find((column) => column.key === key)?.descendingFirst ?? false;
      const wanted = descending ?? (sort?.key === key ? !sort.descending : first);
      fromStart({ sort: `${wanted ? '-' : ''}${key}` });
    },
    // The first letter is a step of its own: Back from a search shows the list as it was before it.
    search: (text) => fromStart({ q: text === '' ? undefined : text }, state.q !== undefined),
    filterBy: (filter, at) => fromStart({ filter: withFilter(filters, filter, at) }),
    clear: () => fromStart({ q: undefined, filter: undefined }),
    goTo: (offset) => url.set({ offset: offset > 0 ? String(offset) : undefined, open: undefined }),
    resize: (limit) => fromStart({ limit: String(limit) }),
    open: (id) => url.set({ open: id }, id !== undefined && url.get('open') !== undefined),
  };
}
