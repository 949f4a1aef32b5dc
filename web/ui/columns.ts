import type { ReactNode } from 'react';

export interface Column<Row> {
  /** Also what the list sorts by. */
  key: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** Pixels; the one column without it takes the rest. */
  width?: number;
  /** Pixels it takes where every column has its width and room is left over. */
  wish?: number;
  /** Of the flexing column; 160 unless told. */
  minWidth?: number;
  align?: 'start' | 'end';
  sortable?: boolean;
  /** The first click sorts downwards: counts and ages, where the large ones matter. */
  descendingFirst?: boolean;
  /** Its turn to leave when the table is too narrow: 1 goes first; without it the column stays. */
  leaves?: number;
}
const widthOf = <Row>({ width, minWidth = 160 }: Column<Row>) => width ?? minWidth;

/** The columns that fit into `available` pixels; they leave one by one in their stated order. */
export function columnsThatFit<Row>(columns: readonly Column<Row>[], available: number): readonly Column<Row>[] {
  const leaving = columns.filter(({ leaves }) => leaves !== undefined).toSorted((a, b) => (a.leaves ?? 0) - (b.leaves ?? 0));
  const gone = new Set<Column<Row>>();
  let needed = columns.reduce((sum, column) => sum + widthOf(column), 0);
  for (const column of leaving) {
    if (needed <= available) break;
    gone.add(column);
    needed -= widthOf(column);
  }
  return gone.size === 0 ? withWishes(columns, available - needed) : columns.filter((column) => !gone.has(column));
}
/** Room that is left over goes to those who asked for it, in their order; the rest is the flexing column's. */
function withWishes<Row>(columns: readonly Column<Row>[], spare: number): readonly Column<Row>[] {
  let left = Math.max(0, spare);
  return columns.map((column) => {
    if (column.wish === undefined || column.width === undefined) return column;
    const more = Math.min(left, column.wish - column.width);
    left -= more;
    return { ...column, width: column.width + more };
  });
}
