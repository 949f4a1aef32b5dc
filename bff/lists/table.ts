import type { Breathe } from './breath.ts';
import type { TableQuery } from './list-query.ts';
import { createOrders } from './orders.ts';
import type { Ordering } from './orders.ts';

/** How one kind of row is ordered, filtered, searched and shown. */
export interface TableKind<Row, Shown> extends Ordering<Row> {
  filters: Record<string, (row: Row) => string>;
  /** What free text is looked for in. */
  haystack: (row: Row) => string;
  /** Recomputes what depends on the time. @returns whether anything changed */
  derive?: (row: Row, nowMs: number) => boolean;
  show: (row: Row, nowMs: number) => Shown;
}
export type Facets = Record<string, { value: string; count: number }[]>;
export interface TablePage<Shown> {
  rows: Shown[];
  total: number;
  totalUnfiltered: number;
  facets: Facets;
}

/** A menu of more values than this is no menu. */
const mostFacetValues = 200;
/** Searches remembered between two changes of the rows. */
const mostSearches = 64;
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
  let derivedAtMs = Number.NEGATIVE_INFINITY;

  function forgetMoving() {
    found.clear();
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
      return (row: Row) => wanted.has(value(row)) !== negated;
    });
    return (row, position) =>
      tests.every((test) => test(row)) && (text === null || (haystacks[position] ??= kind.haystack(row).toLowerCase()).includes(text));
  }
  /** Where in the order the rows stand that a query leaves. */
  function search(query: TableQuery): readonly number[] {
    const { sort, text, filters } = query;
    const inOrder = orders.of(sort.isDescending ? `-${sort.column}` : sort.column);
    const matches = matcher(query);
    if (matches === undefined) return inOrder;
    const key = JSON.stringify([sort, text, filters]);
    const known = found.get(key);
    if (known !== undefined) return known;
    const left = inOrder.filter((position) => {
      const row = rows[position];
      return row !== undefined && matches(row, position);
    });
    if (found.size >= mostSearches) found.clear();
    found.set(key, left);
    return left;
  }
  function count(): Facets {
    for (const [field, value] of Object.entries(kind.filters)) facets[field] ??= countsOf(rows, value);
    return Object.fromEntries(Object.entries(facets).filter(([, values]) => values.length <= mostFacetValues));
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
      const left = search(query);
      const shown = left.slice(query.offset, query.offset + query.limit).flatMap((position) => {
        const row = rows[position];
        return row === undefined ? [] : [kind.show(row, nowMs)];
      });
      return { rows: shown, total: left.length, totalUnfiltered: positions.size, facets: count() };
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

function countsOf<Row>(rows: readonly (Row | undefined)[], value: (row: Row) => string): Facets[string] {
  const seen = new Map<string, number>();
  for (const row of rows) {
    if (row === undefined) continue;
    const own = value(row);
    seen.set(own, (seen.get(own) ?? 0) + 1);
  }
  return [...seen].map(([own, many]) => ({ value: own, count: many })).toSorted((a, b) => (a.value < b.value ? -1 : 1));
}
