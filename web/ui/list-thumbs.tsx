import type { ReactNode, RefObject } from 'react';
import type { ListControls } from '#web/lib/list-state.ts';
import { words } from '#web/lib/words/index.ts';
import { IconButton } from './button.tsx';
import { type FilterField, FilterMenu } from './filter-bar.tsx';
import { SearchIcon } from './icons.tsx';
import { SortMenu } from './sort-menu.tsx';
import { ThumbBar } from './thumb-bar.tsx';
import { useIsNarrow } from './use-width.ts';

interface ListThumbsProps {
  /** Without an order of its own to choose where it has no columns. */
  list: Pick<ListControls, 'filters' | 'filterBy'> & Partial<Pick<ListControls, 'sort' | 'sortBy'>>;
  fields: readonly FilterField[];
  /** None where rows have no order of their own, as on a map. */
  columns?: readonly { key: string; head: string; sortable?: boolean }[];
  find: RefObject<HTMLInputElement | null>;
  /** At the end: an `IconButton` with a menu. */
  children?: ReactNode;
}
/** Find, filter and sort under the thumb; a wider screen has them over the list. */
export function ListThumbs({ list, fields, columns = [], find, children }: ListThumbsProps) {
  const { sort, sortBy, filters, filterBy } = list;
  if (!useIsNarrow()) return null;
  return (
    <ThumbBar>
      <IconButton label={words.ui.find} onClick={() => find.current?.focus()}>
        <SearchIcon />
      </IconButton>
      {fields.length > 0 && <FilterMenu fields={fields} filters={filters} onChange={filterBy} />}
      {sortBy && <SortMenu columns={columns} list={{ sort, sortBy }} />}
      {children}
    </ThumbBar>
  );
}
