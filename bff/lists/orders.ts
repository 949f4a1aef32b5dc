export type Key = string | number | null;
/** How rows are put in order. */
export interface Ordering<Row> {
  id: (row: Row) => string;
  /** Sortable columns; null is "none" and stands last in both directions, ties are broken by id. */
  columns: Record<string, (row: Row) => Key>;
  /** Columns of few small whole numbers that move as time passes; ties are broken by the column `within`. */
  buckets?: Record<string, Bucket<Row>>;
}
interface Bucket<Row> {
  bucket: (row: Row) => number;
  within: string;
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

/** Positions of rows in the order of a column (`-` before its name: descending), made when first asked for and then kept. */
export function createOrders<Row>({ id, columns, buckets = {} }: Ordering<Row>, rows: readonly (Row | undefined)[]) {
  const made = new Map<string, number[]>();

  function sorted(column: string, isDescending: boolean): number[] {
    const key = columns[column];
    if (key === undefined) throw new Error(`no column ${column}`);
    // Keys are made once: comparing asks for each of them some twenty times.
    const places = rows.flatMap((row, position) => (row === undefined ? [] : [{ position, key: key(row), id: id(row) }]));
    return places.toSorted((a, b) => precedence(a, b, isDescending)).map(({ position }) => position);
  }
  function bucketed({ bucket, within }: Bucket<Row>, isDescending: boolean): number[] {
    const filled: number[][] = [];
    for (const position of of(within)) {
      const row = rows[position];
      if (row !== undefined) (filled[bucket(row)] ??= []).push(position);
    }
    return (isDescending ? filled.toReversed() : filled).flat();
  }
  function of(name: string): readonly number[] {
    const known = made.get(name);
    if (known !== undefined) return known;
    const isDescending = name.startsWith('-');
    const column = isDescending ? name.slice(1) : name;
    const moving = buckets[column];
    const order = moving === undefined ? sorted(column, isDescending) : bucketed(moving, isDescending);
    made.set(name, order);
    return order;
  }
  function placeOf(row: Row, order: readonly number[], key: (row: Row) => Key, isDescending: boolean): number {
    const sought = { key: key(row), id: id(row) };
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = rows[order[middle] ?? -1];
      if (other !== undefined && precedence({ key: key(other), id: id(other) }, sought, isDescending) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    of,
    inUse: () => [...made.keys()],
    /** Columns that move are ordered anew when next asked for. */
    forgetMoving() {
      for (const column of Object.keys(buckets)) {
        made.delete(column);
        made.delete(`-${column}`);
      }
    },
    /** Before a row changes: its position leaves every order. */
    takeOut(position: number) {
      for (const order of made.values()) {
        const place = order.indexOf(position);
        if (place !== -1) order.splice(place, 1);
      }
    },
    /** After it changed: the position goes to where the row now belongs. */
    putIn(position: number, row: Row) {
      for (const [name, order] of made) {
        const isDescending = name.startsWith('-');
        const key = columns[isDescending ? name.slice(1) : name];
        if (key !== undefined) order.splice(placeOf(row, order, key, isDescending), 0, position);
      }
    },
  };
}
