import type { Breathe } from './breath.ts';
import type { TableQuery } from './list-query.ts';
import { createOrders } from './orders.ts';
import type { Ordering } from './orders.ts';

/** How one kind of row is ordered, filtered, searched and shown. */
export interface TableKind<Row, Shown> extends Ordering<Row> {
  /** What a row is under each filter: one value, or several at once. */
  filters: Record<string, (row: Row) => string | readonly string[]>;
  /** What free text is looked for in. */
  haystack: (row: Row) => string;
  /** Whether a row belongs to a tenant's view. */
  isOf?: (row: Row, tenant: string) => boolean;
  /** Recomputes what depends on the time. @returns whether anything changed */
  derive?: (row: Row, nowMs: number) => boolean;
  show: (row: Row, nowMs: number) => Shown;
}
export type Facets = Record<string, { value: string; count: number }[]>;
export interface TablePage<Shown> {
  rows: Shown[];
  total: number;
  totalUnfiltered: number;
  /** Rows that only the tenant's view leaves out. */
  hiddenByScope: number;
  facets: Facets;
}
/** Rows that a text names. */
export interface Found<Shown> {
  rows: Shown[];
  hiddenByScope: number;
}

/** A menu of more values than this is no menu. */
const mostFacetValues = 200;
/** Searches remembered between two changes of the rows. */
const mostSearches = 64;
/** Tenants whose views are counted between two changes of the rows. */
const mostTenants = 32;
/** Verdicts that depend on the time are this old at most. */
const deriveEveryMs = 1_000;

/** Rows of one list, as one whole read brought them, with single rows put in and taken out since. */
export function createTable<Row, Shown>(kind: TableKind<Row, Shown>, initial: readonly Row[] = []) {
  /** Holes are rows that were removed; positions never move, so that orders can hold them. */
  const rows: (Row | undefined)[] = [...initial];
  const positions = new Map(initial.map((row, position) => [kind.id(row), position]));
  const orders = createOrders(kind, rows);
  const haystacks: (string | undefined)[] = [];
  /** Positions that a search leaves, by search; the same few searches come again and again. */
  const found = new Map<string, readonly number[]>();
  let facets: Facets = {};
  /** How many rows each tenant's view has, and of what. */
  const views = new Map<string, { total: number; facets: Facets }>();
  let derivedAtMs = Number.NEGATIVE_INFINITY;

  function forgetMoving() {
    found.clear();
    views.clear();
    orders.forgetMoving();
    for (const column of Object.keys(kind.buckets ?? {})) delete facets[column];
  }
  function derive(nowMs: number) {
    if (kind.derive === undefined || nowMs - derivedAtMs < deriveEveryMs) return;
    derivedAtMs = nowMs;
    let hasChanged = false;
    for (const row of rows) if (row !== undefined && kind.derive(row, nowMs)) hasChanged = true;
    if (hasChanged) forgetMoving();
  }
  function change(position: number, row: Row | undefined) {
    forgetMoving();
    facets = {};
    orders.takeOut(position);
    rows[position] = row;
    haystacks[position] = undefined;
    if (row !== undefined) orders.putIn(position, row);
  }

  function matcher({ filters, text }: TableQuery): ((row: Row, position: number) => boolean) | undefined {
    if (filters.length === 0 && text === null) return undefined;
    const tests = filters.map(({ field, values, negated }) => {
      const value = kind.filters[field];
      if (value === undefined) throw new Error(`no filter ${field}`);
      const wanted = new Set(values);
      return (row: Row) => valuesOf(value(row)).some((own) => wanted.has(own)) !== negated;
    });
    return (row, position) =>
      tests.every((test) => test(row)) && (text === null || (haystacks[position] ??= kind.haystack(row).toLowerCase()).includes(text));
  }
  /** Remembers what a search leaves until the rows change. */
  function remembered(key: string, find: () => readonly number[]): readonly number[] {
    const known = found.get(key);
    if (known !== undefined) return known;
    const left = find();
    if (found.size >= mostSearches) found.clear();
    found.set(key, left);
    return left;
  }
  /** Where in the order the rows stand that a query leaves, whosever they are. */
  function search(query: TableQuery): readonly number[] {
    const { sort, text, filters } = query;
    const inOrder = orders.of(sort.isDescending ? `-${sort.column}` : sort.column);
    const matches = matcher(query);
    if (matches === undefined) return inOrder;
    return remembered(JSON.stringify([sort, text, filters]), () =>
      inOrder.filter((position) => {
        const row = rows[position];
        return row !== undefined && matches(row, position);
      }),
    );
  }
  /** Tells a tenant's own rows from the others; a kind without tenants belongs to everybody. */
  function ownBy(tenant: string | undefined): ((row: Row | undefined) => boolean) | undefined {
    const { isOf } = kind;
    return tenant === undefined || isOf === undefined ? undefined : (row) => row !== undefined && isOf(row, tenant);
  }
  function searchView(query: TableQuery, matching: readonly number[]): readonly number[] {
    const isOwn = ownBy(query.tenant);
    if (isOwn === undefined) return matching;
    const { sort, text, filters, tenant } = query;
    return remembered(JSON.stringify([sort, text, filters, tenant]), () => matching.filter((position) => isOwn(rows[position])));
  }
  const fewValues = (all: Facets): Facets =>
    Object.fromEntries(Object.entries(all).filter(([, values]) => values.length <= mostFacetValues));
  function count(): Facets {
    for (const [field, value] of Object.entries(kind.filters)) facets[field] ??= countsOf(rows, value);
    return fewValues(facets);
  }
  function countView(tenant: string | undefined): { total: number; facets: Facets } {
    const isOwn = ownBy(tenant);
    if (tenant === undefined || isOwn === undefined) return { total: positions.size, facets: count() };
    const known = views.get(tenant);
    if (known !== undefined) return known;
    const own = rows.filter(isOwn);
    const view = {
      total: own.length,
      facets: fewValues(Object.fromEntries(Object.entries(kind.filters).map(([field, value]) => [field, countsOf(own, value)]))),
    };
    if (views.size >= mostTenants) views.clear();
    views.set(tenant, view);
    return view;
  }
  function get(id: string): Row | undefined {
    const position = positions.get(id);
    return position === undefined ? undefined : rows[position];
  }

  return {
    get,
    *all(): Iterable<Row> {
      for (const row of rows) if (row !== undefined) yield row;
    },
    /** Facts beside the rows have changed: verdicts are made anew at the next question. */
    rederive() {
      derivedAtMs = Number.NEGATIVE_INFINITY;
      forgetMoving();
    },
    /** The columns people look at, for the table that comes after this one. */
    ordersInUse: () => orders.inUse(),
    /** Makes orders, counts and verdicts ready before anybody asks. */
    async warm(names: readonly string[], nowMs: number, breathe: Breathe) {
      derive(nowMs);
      for (const name of names) {
        await breathe();
        orders.of(name);
      }
      for (const [field, value] of Object.entries(kind.filters)) {
        await breathe();
        facets[field] ??= countsOf(rows, value);
      }
    },
    put(row: Row, nowMs: number) {
      kind.derive?.(row, nowMs);
      const position = positions.get(kind.id(row)) ?? rows.length;
      positions.set(kind.id(row), position);
      change(position, row);
    },
    remove(id: string) {
      const position = positions.get(id);
      if (position === undefined) return;
      positions.delete(id);
      change(position, undefined);
    },
    page(query: TableQuery, nowMs: number): TablePage<Shown> {
      derive(nowMs);
      const matching = search(query);
      const left = searchView(query, matching);
      const { total: totalUnfiltered, facets: counted } = countView(query.tenant);
      const shown = left.slice(query.offset, query.offset + query.limit).flatMap((position) => {
        const row = rows[position];
        return row === undefined ? [] : [kind.show(row, nowMs)];
      });
      return { rows: shown, total: left.length, totalUnfiltered, hiddenByScope: matching.length - left.length, facets: counted };
    },
    /** Every row that a query leaves, in its order: for what is told of all of them together. */
    matching(query: TableQuery, nowMs: number): Row[] {
      derive(nowMs);
      const left: Row[] = [];
      for (const position of searchView(query, search(query))) {
        const row = rows[position];
        if (row !== undefined) left.push(row);
      }
      return left;
    },
    /** What a row is under a filter. */
    under: (row: Row, field: string): readonly string[] => valuesOf(kind.filters[field]?.(row) ?? []),
    shown: kind.show,
    /** Rows that a text names, and how many more a tenant's view leaves out; the best match first: whole names and ids, then beginnings, then what holds it anywhere. */
    find(text: string, limit: number, nowMs: number, tenant?: string): Found<Shown> {
      derive(nowMs);
      const isOwn = ownBy(tenant);
      const byRank: { row: Row; haystack: string }[][] = [];
      let hiddenByScope = 0;
      rows.forEach((row, position) => {
        if (row === undefined) return;
        const haystack = (haystacks[position] ??= kind.haystack(row).toLowerCase());
        const rank = rankOf(haystack, text);
        if (rank === null) return;
        if (isOwn !== undefined && !isOwn(row)) hiddenByScope += 1;
        else (byRank[rank] ??= []).push({ row, haystack });
      });
      const best: Row[] = [];
      for (const alike of byRank) {
        if (best.length >= limit) break;
        for (const { row } of (alike ?? []).toSorted((a, b) => (a.haystack < b.haystack ? -1 : 1))) best.push(row);
      }
      return { rows: best.slice(0, limit).map((row) => kind.show(row, nowMs)), hiddenByScope };
    },
    /** What rows are under one filter has changed without the rows. */
    forget(field: string) {
      delete facets[field];
      found.clear();
      views.clear();
    },
    /** One row as a page would show it. */
    show(id: string, nowMs: number): Shown | undefined {
      const row = get(id);
      if (row === undefined) return undefined;
      kind.derive?.(row, nowMs);
      return kind.show(row, nowMs);
    },
  };
}
export type Table<Row, Shown> = ReturnType<typeof createTable<Row, Shown>>;

/** 0 is the best; null where the text is not in it. The name stands in the first line. */
function rankOf(haystack: string, text: string): number | null {
  const at = haystack.indexOf(text);
  if (at === -1) return null;
  const lines = `\n${haystack}\n`;
  if (lines.includes(`\n${text}\n`)) return 0;
  if (at === 0) return 1;
  return lines.includes(`\n${text}`) ? 2 : 3;
}
const valuesOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
function countsOf<Row>(rows: readonly (Row | undefined)[], value: (row: Row) => string | readonly string[]): Facets[string] {
  const seen = new Map<string, number>();
  for (const row of rows) {
    if (row === undefined) continue;
    for (const own of valuesOf(value(row))) seen.set(own, (seen.get(own) ?? 0) + 1);
  }
  return [...seen].map(([own, many]) => ({ value: own, count: many })).toSorted((a, b) => (a.value < b.value ? -1 : 1));
}
