import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { Link } from '#web/ui/link.tsx';
import css from './audit.module.css';

/** Whose record is shown; filters of the one mean nothing to the other. */
export function SourceSwitch({ source }: { source: 'console' | 'broker' }) {
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
