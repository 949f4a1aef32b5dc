import { useEffect, useRef } from 'react';
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
/** How much of the next tab stays in view beside the current one. */
const peek = 32;
/** Parts of one thing, each at its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const strip = useRef<HTMLElement>(null);
  const was = useRef('');
  // Counts that arrive move the current one too.
  const shown = tabs.map((tab) => `${tab.current} ${tab.count}`).join();
  // Sideways only: where the page is scrolled to is the reader's.
  useEffect(() => {
    if (was.current === shown) return;
    was.current = shown;
    const tab = strip.current?.querySelector('[aria-current]');
    if (!strip.current || !tab) return;
    const [inside, around] = [tab.getBoundingClientRect(), strip.current.getBoundingClientRect()];
    if (inside.left < around.left) strip.current.scrollLeft -= around.left - inside.left + peek;
    else if (inside.right > around.right) strip.current.scrollLeft += inside.right - around.right + peek;
  }, [shown]);
  return (
    <nav ref={strip} className={css['tabs']} aria-label={label}>
      {tabs.map(({ href, label: name, count, current }) => (
        <Link key={href} href={href} className={css['tab']} aria-current={current ? 'page' : undefined}>
          <span className={css['name']} data-name={name}>
            {name}
          </span>
          {count !== undefined && <span className={css['count']}>{formatCount(count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
