import type { BrokerAuditRow } from '#contract/ledger.ts';
import { paths } from '#web/lib/paths.ts';
import { exactTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { CopyIconButton } from '#web/ui/copy-button.tsx';
import { FactLines } from '#web/ui/facts.tsx';
import { Id } from '#web/ui/id.tsx';
import { Link } from '#web/ui/link.tsx';
import { PeekDrawer } from '#web/ui/peek-drawer.tsx';
import css from './audit.module.css';

interface BrokerRowDrawerProps {
  row: BrokerAuditRow;
  place: string;
  onClose: () => void;
  onWalk: (step: 1 | -1) => void;
}
export function BrokerRowDrawer({ row, place, onClose, onWalk }: BrokerRowDrawerProps) {
  const { brokerColumns: heads, detail } = words.audit;
  return (
    <PeekDrawer
      title={words.audit.brokerRow}
      tools={<CopyIconButton text={JSON.stringify(row, null, 2)} what={words.audit.brokerRow} />}
      onClose={onClose}
      onWalk={onWalk}
      place={place}
    >
      <div className={css['record']}>
        <FactLines
          facts={[
            { term: heads.action, fact: <span className="mono">{row.action}</span> },
            { term: heads.kind, fact: row.resourceKind },
            { term: heads.object, fact: <Target row={row} /> },
            { term: heads.actor, fact: row.actor, note: words.audit.actorIsOftenWrong },
            { term: detail.when, fact: <span className="mono">{exactTime(row.at)}</span>, note: words.audit.flushTime },
            { term: words.audit.brokerRowId, fact: <Id id={row.id} what={words.audit.brokerRowId} /> },
          ]}
        />
        <section>
          <h3 className={css['head']}>{heads.details}</h3>
          {row.details === null ? (
            <p className="muted">{detail.noFields}</p>
          ) : (
            <pre className={css['json']}>{JSON.stringify(row.details, null, 2)}</pre>
          )}
        </section>
      </div>
    </PeekDrawer>
  );
}
function Target({ row: { resourceKind, resourceId } }: { row: BrokerAuditRow }) {
  if (resourceId === null) return <span className="muted">{words.audit.detail.notKnown}</span>;
  if (resourceKind !== 'agent') return <span className="mono">{resourceId}</span>;
  return (
    <Link href={paths.agent(resourceId)} className="link">
      <span className="mono">{resourceId}</span>
    </Link>
  );
}
