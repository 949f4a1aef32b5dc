import type { ReactNode } from 'react';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import type { DataTableProps } from './data-table.tsx';
import css from './data-table.module.css';
import { DownIcon, UpIcon } from './icons.tsx';
import { Link } from './link.tsx';
import { Menu } from './menu.tsx';

/** A row on a phone: mark, name and one number on the first line, the rest in words on the second. */
export interface NarrowRow {
  mark?: ReactNode;
  title: ReactNode;
  aside?: ReactNode;
  line: ReactNode;
}
export function NarrowList<Row>({
  rows,
  columns,
  list,
  label,
  rowKey,
  rowName,
  rowHref,
  onPeek,
  narrow,
}: DataTableProps<Row> & { rows: readonly Row[] }) {
  const sortable = columns.filter((column) => column.sortable === true);
  const sorted = sortable.find(({ key }) => key === list?.sort?.key);
  return (
    <>
      {list !== undefined && sortable.length > 0 && (
        <div className={css['narrowHead']}>
          <Menu
            align="start"
            target={
              <Button size="small" variant="ghost" icon={list.sort?.descending ? <DownIcon /> : <UpIcon />}>
                {sorted === undefined ? words.ui.sortBy : words.ui.sortedBy(sorted.head, list.sort?.descending ?? false)}
              </Button>
            }
            entries={sortable.map(({ key, head }) => ({
              kind: 'choice' as const,
              label: head,
              chosen: key === sorted?.key,
              onSelect: () => list.sortBy(key),
            }))}
          />
        </div>
      )}
      <ul aria-label={label}>
        {rows.map((row) => {
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
        })}
      </ul>
    </>
  );
}
