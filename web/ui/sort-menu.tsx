import type { ListControls } from '#web/lib/list-state.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import { DownIcon, UpIcon } from './icons.tsx';
import { Menu } from './menu.tsx';

interface SortMenuProps {
  columns: readonly { key: string; head: string; sortable?: boolean }[];
  list: Pick<ListControls, 'sort' | 'sortBy'>;
}
/** The order of a list that has no heads to press: by what, and which way. */
export function SortMenu({ columns, list: { sort, sortBy } }: SortMenuProps) {
  const sortable = columns.filter((column) => column.sortable === true);
  const sorted = sortable.find(({ key }) => key === sort?.key);
  if (sortable.length === 0) return null;
  return (
    <Menu
      align="start"
      target={
        <Button size="small" variant="ghost" icon={sort?.descending ? <DownIcon /> : <UpIcon />}>
          {sorted === undefined ? words.ui.sortBy : words.ui.sortedBy(sorted.head, sort?.descending ?? false)}
        </Button>
      }
      entries={sortable.map(({ key, head }) => ({
        kind: 'choice' as const,
        label: head,
        chosen: key === sorted?.key,
        onSelect: () => sortBy(key),
      }))}
    />
  );
}
