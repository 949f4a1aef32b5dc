import type { ReactNode } from 'react';
import type { DataTableProps } from './data-table.tsx';
import css from './data-table.module.css';
import { Link } from './link.tsx';
import { SortMenu } from './sort-menu.tsx';

/** A row on a phone: mark, name and one number on the first line, the rest in words on the second. */
export interface NarrowRow {
  mark?: ReactNode;
  title: ReactNode;
  aside?: ReactNode;
  line: ReactNode;
}
export function NarrowList<Row>({
  rows,
  bands,
  columns,
  list,
  label,
  rowKey,
  rowName,
  rowHref,
  onPeek,
  narrow,
  thumbs = false,
}: DataTableProps<Row> & { rows: readonly Row[] }) {
  const itemOf = (row: Row) => {
    const { mark, title, aside, line } = narrow(row);
    const href = rowHref?.(row);
    const content = (
      <>
        <span className={css['narrowMark']}>{mark}</span>
        <span className={css['narrowTitle']}>{title}</span>
        <span className={css['narrowAside']}>{aside}</span>
        <span className={css['narrowLine']}>{line}</span>
      </>
    );
    return (
      <li key={rowKey(row)} aria-label={rowName(row)}>
        {href !== undefined ? (
          <Link href={href} className={css['narrowRow']}>
            {content}
          </Link>
        ) : onPeek ? (
          <button type="button" className={css['narrowRow']} onClick={() => onPeek(row)}>
            {content}
          </button>
        ) : (
          <div className={css['narrowRow']}>{content}</div>
        )}
      </li>
    );
  };
  return (
    <>
      {list !== undefined && !thumbs && columns.some(({ sortable }) => sortable) && (
        <div className={css['narrowHead']}>
          <SortMenu columns={columns} list={list} />
        </div>
      )}
      {bands === undefined ? (
        <ul aria-label={label}>{rows.map(itemOf)}</ul>
      ) : (
        bands.map((band) => (
          <section key={band.key}>
            <div className={css['narrowBand']}>{band.head}</div>
            {band.rows.length > 0 && <ul aria-label={`${label}: ${band.key}`}>{band.rows.map(itemOf)}</ul>}
            {band.foot !== undefined && <div className={css['narrowFoot']}>{band.foot}</div>}
          </section>
        ))
      )}
    </>
  );
}
