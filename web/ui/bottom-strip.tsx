import type { ReactNode } from 'react';
import type { ListControls } from '#web/lib/list-state.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { words } from '#web/lib/words/index.ts';
import css from './bottom-strip.module.css';
import { IconButton, LinkButton } from './button.tsx';
import { LeftIcon, RightIcon } from './icons.tsx';
import { useIsNarrow } from './use-width.ts';

/** Always 48 px at the bottom of a list: what is known of the list at the left, the pager at the right. */
export function BottomStrip({ start, children }: { start?: ReactNode; children?: ReactNode }) {
  return (
    <footer className={css['strip']}>
      <div className={css['start']}>{start}</div>
      {children}
    </footer>
  );
}

const sizes = [25, 50, 100, 200];
/** Offset paging: range, page size, back and on. */
export function Pager({ list, total }: { list: Pick<ListControls, 'offset' | 'limit' | 'goTo' | 'resize'>; total: number }) {
  const { offset, limit } = list;
  const last = Math.min(offset + limit, total);
  const isNarrow = useIsNarrow();
  // On a phone the room is the list's while all of it is one page.
  if (isNarrow && offset === 0 && total <= limit) return null;
  return (
    <nav className={css['pager']} aria-label={words.ui.pagination}>
      <label className={css['size']}>
        <span>{words.ui.pageSize}</span>
        <select aria-label={words.ui.pageSize} value={limit} onChange={(event) => list.resize(Number(event.target.value))}>
          {sizes.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </label>
      <span className={css['range']} title={exactNumber(total)}>
        {total === 0 || offset >= total ? words.ui.noRows : words.ui.range(offset + 1, last, total)}
      </span>
      <span className={css['steps']}>
        <IconButton
          label={words.ui.previousPage}
          why={offset === 0 ? words.ui.firstPage : undefined}
          onClick={() => list.goTo(Math.max(0, offset - limit))}
        >
          <LeftIcon />
        </IconButton>
        <IconButton label={words.ui.nextPage} why={last >= total ? words.ui.lastPage : undefined} onClick={() => list.goTo(offset + limit)}>
          <RightIcon />
        </IconButton>
      </span>
    </nav>
  );
}
/** Keyset paging, newest first: no page numbers, because rows keep coming. */
export function KeysetPager({ newestHref, olderHref }: { newestHref: string | undefined; olderHref: string | undefined }) {
  return (
    <nav className={css['pager']} aria-label={words.ui.pagination}>
      {newestHref === undefined ? (
        <span>{words.ui.newestFirst}</span>
      ) : (
        <LinkButton size="small" variant="ghost" href={newestHref} icon={<LeftIcon />}>
          {words.ui.newest}
        </LinkButton>
      )}
      {olderHref === undefined ? (
        <span>{words.ui.oldestReached}</span>
      ) : (
        <LinkButton size="small" variant="ghost" href={olderHref} icon={<RightIcon />}>
          {words.ui.older}
        </LinkButton>
      )}
    </nav>
  );
}
