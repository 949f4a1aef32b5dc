import type { StateSign } from '#web/lib/state-vocabulary.ts';
import css from './cause-groups.module.css';
import { classes } from './classes.ts';
import { type Column, columnsThatFit } from './columns.ts';
import { Link } from './link.tsx';
import type { NarrowRow } from './narrow-list.tsx';
import { Mark } from './state-mark.tsx';
import { useIsNarrow, useWidth } from './use-width.ts';

export interface CauseGroup<Row> {
  key: string;
  sign: StateSign;
  /** "3 refused it". */
  title: string;
  /** In the agents' own words, or what the state means. */
  cause: string;
  rows: readonly Row[];
  /** The rows that are not shown here, and where they are. */
  more?: { words: string; href: string } | undefined;
}
interface CauseGroupsProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  groups: readonly CauseGroup<Row>[];
  rowKey: (row: Row) => string;
  rowName: (row: Row) => string;
  rowHref: (row: Row) => string;
  narrow: (row: Row) => NarrowRow;
}
/** Rows that share a cause under it, worst first. */
export function CauseGroups<Row>(props: CauseGroupsProps<Row>) {
  const isNarrow = useIsNarrow();
  const [measure, width] = useWidth();
  return <div ref={measure}>{isNarrow ? <Lines {...props} /> : width !== undefined && <Grid {...props} width={width} />}</div>;
}

function Band<Row>({ group: { sign, title, cause, more } }: { group: CauseGroup<Row> }) {
  return (
    <span className={css['band']}>
      <Mark kind={sign.kind} />
      <b className={css[`word-${sign.kind}`]}>{title}</b>
      <span className={css['cause']} title={cause}>
        <bdi>{cause}</bdi>
      </span>
      {more !== undefined && (
        <Link href={more.href} className={css['more']}>
          {more.words}
        </Link>
      )}
    </span>
  );
}

function Grid<Row>({ label, columns, groups, rowKey, rowName, rowHref, width }: CauseGroupsProps<Row> & { width: number }) {
  const shown = columnsThatFit(columns, width - 36);
  return (
    <table className={css['table']} aria-label={label}>
      <colgroup>
        {shown.map((column, index) => (
          <col
            key={column.key}
            style={
              column.width === undefined ? undefined : { width: column.width + (index === 0 ? 28 : index === shown.length - 1 ? 8 : 0) }
            }
          />
        ))}
      </colgroup>
      <thead>
        <tr>
          {shown.map(({ key, head, align }) => (
            <th key={key} scope="col" className={classes(align === 'end' && css['end'])}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.key}>
          <tr className={css['group']}>
            <th scope="rowgroup" colSpan={shown.length}>
              <Band group={group} />
            </th>
          </tr>
          {group.rows.map((row) => (
            <tr key={rowKey(row)} className={css['row']} aria-label={rowName(row)}>
              {shown.map((column, index) => (
                <td key={column.key} className={classes(column.align === 'end' && css['end'])}>
                  <span className={css['cell']}>
                    {index === 0 ? (
                      <Link href={rowHref(row)} className={css['name']} title={rowName(row)}>
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Lines<Row>({ label, groups, rowKey, rowName, rowHref, narrow }: CauseGroupsProps<Row>) {
  return (
    <div>
      {groups.map((group) => (
        <div key={group.key}>
          <div className={css['narrowBand']}>
            <Band group={group} />
          </div>
          <ul aria-label={`${label}: ${group.title}`}>
            {group.rows.map((row) => {
              const { title, aside, line } = narrow(row);
              return (
                <li key={rowKey(row)} aria-label={rowName(row)}>
                  <Link href={rowHref(row)} className={css['line']}>
                    <span className={css['lineTitle']}>{title}</span>
                    <span className={css['lineAside']}>{aside}</span>
                    <span className={css['lineText']}>{line}</span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}
