import { useStore } from 'zustand';
import { words } from '#web/lib/words/index.ts';
import { placeStore } from '#web/stores/place.ts';
import { classes } from '#web/ui/classes.ts';
import { Link } from '#web/ui/link.tsx';
import css from './shell.module.css';

export function Crumbs() {
  const { crumbs } = useStore(placeStore);
  return (
    <nav className={css['crumbs']} aria-label={words.shell.breadcrumb}>
      <ol>
        {crumbs.map(({ label, href, mono = false }) => (
          <li key={`${href} ${label}`} className={classes(mono && 'mono')}>
            {href === undefined ? (
              <span aria-current="page" title={label}>
                {label}
              </span>
            ) : (
              <Link href={href} title={label}>
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
