import { useLocation } from 'react-router';
import { listAudit } from '#contract/ledger.ts';
import type { SignedIn } from '#contract/session.ts';
import { useMay } from '#web/context/session.tsx';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { AuditIcon, FleetIcon, HealthIcon, InfoIcon, LockIcon, StacksIcon } from '#web/ui/icons.tsx';
import { Link } from '#web/ui/link.tsx';
import { Brand } from './brand.tsx';
import css from './side-navigation.module.css';

/** Where one can go: what works and nothing else. What the role may not read keeps its place, with a lock. */
export function SideNavigation({ session }: { session: SignedIn }) {
  const audit = useMay(listAudit);
  return (
    <>
      <Brand />
      <div className={css['nav']}>
        <h2>{words.shell.monitor}</h2>
        <ul>
          <Item href={paths.fleet} label={words.shell.fleet} icon={<FleetIcon />} />
          <Item href={paths.stacks} label={words.shell.stacks} icon={<StacksIcon />} />
        </ul>
        <h2>{words.shell.govern}</h2>
        <ul>
          <Item href={paths.audit} label={words.shell.audit} icon={<AuditIcon />} why={audit.why} />
        </ul>
        <h2>{words.shell.system}</h2>
        <ul>
          <Item href={paths.health} label={words.shell.health} icon={<HealthIcon />} />
          <Item href={paths.status} label={words.shell.status} icon={<InfoIcon />} />
        </ul>
      </div>
      <Foot session={session} />
    </>
  );
}

function Item({ href, label, icon, why }: { href: string; label: string; icon: React.ReactNode; why?: string | undefined }) {
  const { pathname } = useLocation();
  const isHere = pathname === href || pathname.startsWith(`${href}/`);
  return (
    <li>
      <Link href={href} aria-current={isHere ? 'page' : undefined} title={why ?? label}>
        {icon}
        <span>{label}</span>
        {why !== undefined && (
          <em>
            <LockIcon />
          </em>
        )}
      </Link>
    </li>
  );
}

function Foot({ session: { environment, broker, version } }: { session: SignedIn }) {
  const where = broker.kind === 'broker' ? words.shell.broker.broker(broker.host) : words.shell.broker[broker.kind];
  return (
    <div className={css['foot']}>
      <b title={environment}>{environment}</b>
      <span title={where}>{where}</span>
      <span>{words.shell.version(version)}</span>
    </div>
  );
}
