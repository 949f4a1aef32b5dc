import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { IconButton } from '#web/ui/button.tsx';
import { DotsIcon } from '#web/ui/icons.tsx';
import { Link, useGo } from '#web/ui/link.tsx';
import { Menu } from '#web/ui/menu.tsx';
import css from './audit.module.css';

type Source = 'console' | 'broker';
/** Whose record is shown; filters of the one mean nothing to the other. */
export function SourceSwitch({ source }: { source: Source }) {
  const { sources } = words.audit;
  return (
    <nav className={css['sources']} aria-label={sources.label}>
      <Link href={paths.audit} aria-current={source === 'console' ? 'page' : undefined}>
        {sources.console}
      </Link>
      <Link href={paths.brokerAudit} aria-current={source === 'broker' ? 'page' : undefined}>
        {sources.broker}
      </Link>
    </nav>
  );
}

/** The same under the thumb. */
export function SourceMenu({ source }: { source: Source }) {
  const { sources } = words.audit;
  const go = useGo();
  return (
    <Menu
      target={
        <IconButton label={sources.label}>
          <DotsIcon />
        </IconButton>
      }
      entries={[
        { kind: 'heading', label: sources.label },
        { kind: 'choice', label: sources.console, chosen: source === 'console', onSelect: () => go(paths.audit) },
        { kind: 'choice', label: sources.broker, chosen: source === 'broker', onSelect: () => go(paths.brokerAudit) },
      ]}
    />
  );
}
