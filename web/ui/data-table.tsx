import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { ListControls } from '#web/lib/list-state.ts';
import { words } from '#web/lib/words/index.ts';
import { Button, IconButton } from './button.tsx';
import { classes } from './classes.ts';
import { type Column, columnsThatFit } from './columns.ts';
import css from './data-table.module.css';
import { DotsIcon, DownIcon, EyeIcon, UpIcon } from './icons.tsx';
import { Link, useGo } from './link.tsx';
import { Menu, type MenuEntry } from './menu.tsx';
import { NarrowList, type NarrowRow } from './narrow-list.tsx';
import { Loading, PanelState } from './panel-state.tsx';
import { useIsNarrow, useWidth } from './use-width.ts';

export type { Column };

/** Rows of one kind under a head of their own, within one table. */
export interface Band<Row> {
  key: string;
  head: ReactNode;
  rows: readonly Row[];
  /** After its rows: that there are more, or none yet. */
  foot: ReactNode;
}
export interface DataTableProps<Row> {
  /** What the table is, for those who cannot see it. */
  label: string;
  columns: readonly Column<Row>[];
  /** Absent while the first page is read. */
  page: { rows: readonly Row[]; total?: number } | undefined;
  /** The same rows in bands; there may be bands without rows. */
  bands?: readonly Band<Row>[];
  /** Absent for a short list that comes whole and has one order. */
  list?: Pick<ListControls, 'sort' | 'sortBy' | 'opened'> & Partial<Pick<ListControls, 'limit' | 'goTo'>>;
  rowKey: (row: Row) => string;
  /** The row as a name in speech; also what its link says unless the first column says more. */
  rowName: (row: Row) => string;
  /** Where the row leads; the first column becomes that link. */
  rowHref?: (row: Row) => string;
  actions?: (row: Row) => readonly MenuEntry[];
  /** Opens the row's drawer without leaving the list. */
  onPeek?: (row: Row) => void;
  peekLabel?: (row: Row) => string;
  /** The same facts on two lines, for phones. */
  narrow: (row: Row) => NarrowRow;
  /** On a phone its order is chosen in the screen's `ListThumbs`. */
  thumbs?: boolean;
  /** Instead of rows when there are none. */
  empty: ReactNode;
  /** The rows are of the page before, while the next one is read. */
  waiting?: boolean;
  /** `list` scrolls inside itself under a sticky head; `panelled` sits in a card. */
  variant?: 'list' | 'panelled';
}

/** Rows of the broker. ↑ ↓ Home End walk them, Enter opens, the menu key or the row's button acts. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const isNarrow = useIsNarrow();
  const { page, bands, list, label, empty, variant = 'list', waiting = false } = props;
  const [measure, width] = useWidth();
  const body =
    page === undefined ? (
      <Loading label={label} />
    ) : page.rows.length === 0 && bands === undefined ? (
      page.total ? (
        <BeyondEnd {...list} total={page.total} />
      ) : (
        empty
      )
    ) : isNarrow ? (
      <NarrowList {...props} rows={page.rows} />
    ) : (
      width !== undefined && <Grid {...props} rows={page.rows} width={width} />
    );
  return (
    <div
      ref={measure}
      className={classes(css['scroll'], variant === 'panelled' && css['panelled'], waiting && css['waiting'])}
      aria-busy={waiting || undefined}
    >
      {body}
    </div>
  );
}

/** There are rows, but none so far back: some went, or the address is old. */
function BeyondEnd({ total, limit = 50, goTo }: { total: number } & Partial<Pick<ListControls, 'limit' | 'goTo'>>) {
  const last = Math.floor((total - 1) / limit) * limit;
  return (
    <PanelState
      kind="empty"
      title={words.ui.beyondEnd}
      actions={
        goTo && (
          <Button size="small" onClick={() => goTo(last)}>
            {words.ui.toLastPage}
          </Button>
        )
      }
    >
      {words.ui.rowsInAll(total)}
    </PanelState>
  );
}

function Grid<Row>({
  columns,
  rows,
  bands,
  list,
  rowKey,
  rowName,
  rowHref,
  actions,
  onPeek,
  peekLabel,
  label,
  width,
  variant = 'list',
}: DataTableProps<Row> & { rows: readonly Row[]; width: number }) {
  const table = useRef<HTMLTableElement>(null);
  // The one row whose link is in the tab order; a row that left hands it to the first.
  const [cursor, setCursor] = useState<string>();
  const current = rows.some((row) => rowKey(row) === cursor) ? cursor : rows[0] && rowKey(rows[0]);
  const go = useGo();
  const gutters = variant === 'list' ? 32 : 16;
  const shown = columnsThatFit(columns, width - gutters);
  const flexing = shown.findIndex((column) => column.width === undefined);

  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const at = rows.findIndex((row) => rowKey(row) === current);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const next = to === undefined ? undefined : rows[to];
    if (next === undefined) return;
    event.preventDefault();
    setCursor(rowKey(next));
    const link = table.current?.querySelectorAll<HTMLElement>('[data-row-link]')[rows.indexOf(next)];
    link?.focus();
    link?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  };

  const rowOf = (row: Row) => {
    const key = rowKey(row);
    const isCurrent = key === current;
    const href = rowHref?.(row);
    const entries = actions?.(row) ?? [];
    const name = rowName(row);
    const open = onPeek && (() => onPeek(row));
    const tools = (open !== undefined || entries.length > 0) && (
      <span className={css['tools']}>
        {open && href !== undefined && (
          <IconButton label={peekLabel?.(row) ?? name} tabIndex={isCurrent ? 0 : -1} onClick={open}>
            <EyeIcon />
          </IconButton>
        )}
        {entries.length > 0 && (
          <Menu
            entries={entries}
            target={
              <IconButton label={words.ui.rowActions(name)} tabIndex={isCurrent ? 0 : -1}>
                <DotsIcon />
              </IconButton>
            }
          />
        )}
      </span>
    );
    return (
      <tr
        key={key}
        className={classes(css['row'], list?.opened === key && css['opened'])}
        aria-label={name}
        onFocus={() => setCursor(key)}
        onClick={(event) => {
          if (isOnControl(event.target) || getSelection()?.toString()) return;
          if (href !== undefined) go(href);
          else open?.();
        }}
      >
        {shown.map((column, index) => {
          const content = column.cell(row);
          return (
            <td key={column.key} className={classes(column.align === 'end' && css['end'])}>
              <span className={classes(css['cell'], index === flexing && css['flexing'])}>
                {index === 0 ? (
                  <RowLink href={href} open={open} name={name} current={isCurrent} onWalk={walk} content={content} />
                ) : (
                  content
                )}
                {index === flexing && tools}
              </span>
            </td>
          );
        })}
      </tr>
    );
  };

  return (
    <table ref={table} className={css['table']} aria-label={label}>
      <colgroup>
        {shown.map((column, index) => (
          <col
            key={column.key}
            style={column.width === undefined ? undefined : { width: column.width + edge(index, shown.length, variant) }}
          />
        ))}
      </colgroup>
      <thead>
        <tr>
          {shown.map((column) => (
            <Head key={column.key} column={column} list={list} />
          ))}
        </tr>
      </thead>
      {bands === undefined ? (
        <tbody>{rows.map(rowOf)}</tbody>
      ) : (
        bands.map((band) => (
          <tbody key={band.key}>
            <tr className={css['band']}>
              <th scope="rowgroup" colSpan={shown.length}>
                {band.head}
              </th>
            </tr>
            {band.rows.map(rowOf)}
            {band.foot !== undefined && (
              <tr className={css['bandFoot']}>
                <td colSpan={shown.length}>{band.foot}</td>
              </tr>
            )}
          </tbody>
        ))
      )}
    </table>
  );
}
/** The first and last cell carry the page's gutter besides their own padding. */
const edge = (index: number, count: number, variant: 'list' | 'panelled') =>
  index === 0 || index === count - 1 ? (variant === 'list' ? 16 : 8) : 0;
const isOnControl = (target: EventTarget) => target instanceof Element && target.closest('a, button, input, label, [role=menu]') !== null;

interface RowLinkProps {
  href: string | undefined;
  open: (() => void) | undefined;
  name: string;
  current: boolean;
  onWalk: (event: KeyboardEvent<HTMLElement>) => void;
  content: ReactNode;
}
function RowLink({ href, open, name, current, onWalk, content }: RowLinkProps) {
  const tabIndex = current ? 0 : -1;
  if (href !== undefined) {
    return (
      <Link href={href} className={css['name']} tabIndex={tabIndex} title={name} onKeyDown={onWalk} data-row-link>
        {content}
      </Link>
    );
  }
  if (open === undefined) return content;
  return (
    <button type="button" className={css['name']} tabIndex={tabIndex} onClick={open} onKeyDown={onWalk} data-row-link>
      {content}
    </button>
  );
}

function Head<Row>({ column, list }: { column: Column<Row>; list: DataTableProps<Row>['list'] }) {
  const className = classes(column.align === 'end' && css['end']);
  if (column.sortable !== true || list === undefined) {
    return (
      <th scope="col" className={className}>
        {column.head}
      </th>
    );
  }
  const sorted = list.sort?.key === column.key ? list.sort : undefined;
  return (
    <th scope="col" className={className} aria-sort={sorted && (sorted.descending ? 'descending' : 'ascending')}>
      <button type="button" className={css['sort']} onClick={() => list.sortBy(column.key)}>
        {column.head}
        {sorted && (sorted.descending ? <DownIcon /> : <UpIcon />)}
      </button>
    </th>
  );
}
