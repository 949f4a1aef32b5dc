import type { TableQuery } from './list-query.ts';

type Key = string | number | null;
/** How one kind of row is ordered, filtered, searched and shown. */
export interface TableKind<Row, Shown> {
  id: (row: Row) => string;
  /** Sortable columns; null is "none" and stands last in both directions, ties are broken by id. */
  columns: Record<string, (row: Row) => Key>;
  /** Columns of few small whole numbers that move as time passes; ties are broken by the column `within`. */
  buckets?: Record<string, Bucket<Row>>;
  filters: Record<string, (row: Row) => string>;
  /** What free text is looked for in. */
  haystack: (row: Row) => string;
  /** Recomputes what depends on the time. @returns whether anything changed */
  derive?: (row: Row, nowMs: number) => boolean;
  show: (row: Row, nowMs: number) => Shown;
}
interface Bucket<Row> {
  bucket: (row: Row) => number;
  within: string;
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

function countsOf<Row>(rows: readonly (Row | undefined)[], value: (row: Row) => string): Facets[string] {
  const seen = new Map<string, number>();
  for (const row of rows) {
    if (row === undefined) continue;
    const own = value(row);
    seen.set(own, (seen.get(own) ?? 0) + 1);
  }
  return [...seen].map(([own, count]) => ({ value: own, count })).toSorted((a, b) => (a.value < b.value ? -1 : 1));
}
interface Place {
  key: Key;
  id: string;
}
function precedence(a: Place, b: Place, isDescending: boolean): number {
  if (a.key === b.key) return a.id < b.id ? -1 : 1;
  if (a.key === null) return 1;
  if (b.key === null) return -1;
  return a.key < b.key === isDescending ? 1 : -1;
}

/** Rows of one list with their orders. Orders are made when first asked for and again with each new set of rows while in use. */
export function createTable<Row, Shown>(kind: TableKind<Row, Shown>) {
  /** Holes are rows that were removed; positions never move, so that orders can hold them. */
  let rows: (Row | undefined)[] = [];
  let positions = new Map<string, number>();
  let haystacks: (string | undefined)[] = [];
  let orders = new Map<string, number[]>();
  /** Positions that a search leaves, by search; the same few searches come again and again. */
  let found = new Map<string, number[]>();
  let facets: Facets = {};
  let derivedAtMs = Number.NEGATIVE_INFINITY;


  function sorted(column: string, isDescending: boolean): number[] {
    const key = kind.columns[column];
    if (key === undefined) throw new Error(`no column ${column}`);
    // Keys are made once: comparing asks for each of them some twenty times.
    const places = rows.flatMap((row, position) => (row === undefined ? [] : [{ position, key: key(row), id: kind.id(row) }]));
    return places.toSorted((a, b) => precedence(a, b, isDescending)).map(({ position }) => position);
  }
  function bucketed({ bucket, within }: Bucket<Row>, isDescending: boolean): number[] {
    const buckets: number[][] = [];
    for (const position of order(within, false)) {
      const row = rows[position];
      if (row !== undefined) (buckets[bucket(row)] ??= []).push(position);
    }
    return (isDescending ? buckets.toReversed() : buckets).flat();
  }
  function order(column: string, isDescending: boolean): number[] {
    const name = isDescending ? `-${column}` : column;
    const known = orders.get(name);
    if (known !== undefined) return known;
    const buckets = kind.buckets?.[column];
    const made = buckets === undefined ? sorted(column, isDescending) : bucketed(buckets, isDescending);
    orders.set(name, made);
    return made;
  }
  function forgetMoving() {
    found = new Map();
    for (const column of Object.keys(kind.buckets ?? {})) {
      orders.delete(column);
      orders.delete(`-${column}`);
      delete facets[column];
    }
  }
  function derive(nowMs: number) {
    if (kind.derive === undefined || nowMs - derivedAtMs < deriveEveryMs) return;
    derivedAtMs = nowMs;
    let hasChanged = false;
    for (const row of rows) if (row !== undefined && kind.derive(row, nowMs)) hasChanged = true;
    if (hasChanged) forgetMoving();
  }
  /** Takes one position out of, and perhaps puts it into, every order that is kept. */
  function reorder(position: number, change: () => Row | undefined) {
    forgetMoving();
    facets = {};
    for (const positionsInOrder of orders.values()) {
      const place = positionsInOrder.indexOf(position);
      if (place !== -1) positionsInOrder.splice(place, 1);
    }
    const row = change();
    haystacks[position] = undefined;
    if (row === undefined) return;
    for (const [name, positionsInOrder] of orders) {
      const isDescending = name.startsWith('-');
      const key = kind.columns[isDescending ? name.slice(1) : name];
      if (key !== undefined) positionsInOrder.splice(placeOf(row, positionsInOrder, key, isDescending), 0, position);
    }
  }
  function placeOf(row: Row, positionsInOrder: number[], key: (row: Row) => Key, isDescending: boolean): number {
    const sought = { key: key(row), id: kind.id(row) };
    let low = 0;
    let high = positionsInOrder.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = rows[positionsInOrder[middle] ?? -1];
      if (other !== undefined && precedence({ key: key(other), id: kind.id(other) }, sought, isDescending) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function matcher({ filters, text }: TableQuery): ((row: Row, position: number) => boolean) | undefined {
    if (filters.length === 0 && text === null) return undefined;
    const tests = filters.map(({ field, values, negated }) => {
      const value = kind.filters[field];
      if (value === undefined) throw new Error(`no filter ${field}`);
      const wanted = new Set(values);
      return (row: Row) => wanted.has(value(row)) !== negated;
    });
    return (row, position) => tests.every((test) => test(row)) && (text === null || (haystacks[position] ??= kind.haystack(row).toLowerCase()).includes(text));
  }
  /** Where in the order the rows stand that a query leaves. */
  function search(query: TableQuery): number[] {
    const inOrder = order(query.sort.column, query.sort.isDescending);
    const matches = matcher(query);
    if (matches === undefined) return inOrder;
    const { sort, text, filters } = query;
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

  return {
    get size() {
      return positions.size;
    },
    get(id: string): Row | undefined {
      const position = positions.get(id);
      return position === undefined ? undefined : rows[position];
    },
    *all(): Iterable<Row> {
      for (const row of rows) if (row !== undefined) yield row;
    },
    /** Takes a whole new set of rows; the orders that were in use are ready again when it returns. */
    replace(next: Row[], nowMs: number) {
      const inUse = [...orders.keys()];
      rows = next;
      positions = new Map(next.map((row, position) => [kind.id(row), position]));
      haystacks = [];
      orders = new Map();
      found = new Map();
      facets = {};
      derivedAtMs = Number.NEGATIVE_INFINITY;
      derive(nowMs);
      for (const name of inUse) order(name.replace('-', ''), name.startsWith('-'));
    },
    /** Facts beside the rows have changed: verdicts are made anew at the next question. */
    rederive() {
      derivedAtMs = Number.NEGATIVE_INFINITY;
      forgetMoving();
    },
    put(row: Row, nowMs: number) {
      kind.derive?.(row, nowMs);
      const position = positions.get(kind.id(row)) ?? rows.length;
      positions.set(kind.id(row), position);
      reorder(position, () => (rows[position] = row));
    },
    remove(id: string) {
      const position = positions.get(id);
      if (position === undefined) return;
      positions.delete(id);
      reorder(position, () => (rows[position] = undefined));
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
      const row = this.get(id);
      if (row === undefined) return undefined;
      kind.derive?.(row, nowMs);
      return kind.show(row, nowMs);
    },
  };
}
export type Table<Row, Shown> = ReturnType<typeof createTable<Row, Shown>>;
