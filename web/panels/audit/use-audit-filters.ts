import { useLocation } from 'react-router';
import { useUrlState } from '#web/hooks/use-list-state.ts';
import { type AuditAsk, auditAsk, auditIgnored, isNarrowed } from '#web/lib/audit-state.ts';
import type { Filter } from '#web/lib/list-state.ts';
import { paths } from '#web/lib/paths.ts';

const fields = ['type', 'outcome', 'person'] as const;

/** The ledger's question in the URL, as a filter bar reads and moves it; paging and opening start over when it changes. */
export function useAuditFilters() {
  const url = useUrlState();
  const search = new URLSearchParams([
    ...['before', 'limit', 'person', 'q', 'from', 'to'].flatMap((name) => url.all(name).map((value) => [name, value])),
    ...['type', 'outcome'].flatMap((name) => url.all(name).map((value) => [name, value])),
  ]);
  const ask: AuditAsk = auditAsk(search);
  const ignored = auditIgnored(new URLSearchParams(useLocation().search));
  const narrow = (change: Record<string, string | readonly string[] | undefined>, replace?: boolean) =>
    url.set({ before: undefined, open: undefined, ...change }, replace);
  const valuesOf = (field: (typeof fields)[number]): readonly string[] =>
    field === 'person' ? (ask.person === undefined ? [] : [ask.person]) : (ask[field] ?? []);
  return {
    ask,
    opened: Number(url.get('open') ?? Number.NaN),
    open: (seq: number | undefined) =>
      url.set({ open: seq === undefined ? undefined : String(seq) }, seq !== undefined && url.get('open') !== undefined),
    between: (change: { from?: string | undefined; to?: string | undefined }) => narrow(change),
    /** Address of this question on another page of it. */
    hrefBefore(before: number | undefined): string {
      const next = new URLSearchParams(search);
      next.delete('before');
      if (before !== undefined) next.set('before', String(before));
      return `${paths.audit}?${next.toString()}`;
    },
    bar: {
      q: ask.q ?? '',
      filters: fields.flatMap((field): Filter[] =>
        valuesOf(field).length > 0 ? [{ field, values: [...valuesOf(field)], negated: false }] : [],
      ),
      isFiltered: isNarrowed(ask),
      ignored,
      tidy() {
        const isLeftOut = (name: string, value: string) => ignored.some((one) => one.name === name && one.value === value);
        const names = new Set(ignored.map(({ name }) => name));
        url.set(Object.fromEntries([...names].map((name) => [name, url.all(name).filter((value) => !isLeftOut(name, value))])), true);
      },
      // The first letter is a step of its own, as in other lists.
      search: (text: string) => narrow({ q: text === '' ? undefined : text }, ask.q !== undefined),
      filterBy: ({ field, values }: Filter) => narrow({ [field]: values.length > 0 ? values : undefined }),
      clear: () => narrow({ q: undefined, type: undefined, outcome: undefined, person: undefined, from: undefined, to: undefined }),
    },
  };
}
