import { formatCount } from '#web/lib/numbers.ts';
import { Link } from './link.tsx';
import css from './tabs.module.css';

export interface Tab {
  href: string;
  label: string;
  /** Known counts only: absent is not zero. */
  count?: number | undefined;
  current: boolean;
}
/** Parts of one thing, each at its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className={css['tabs']} aria-label={label}>
      {tabs.map(({ href, label: name, count, current }) => (
        <Link key={href} href={href} className={css['tab']} aria-current={current ? 'page' : undefined}>
          {name}
          {count !== undefined && <span className={css['count']}>{formatCount(count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
