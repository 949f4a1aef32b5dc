import { listAudit } from '#contract/ledger.ts';
import { useMay, useSession } from '#web/context/session.tsx';
import { usePlace } from '#web/hooks/use-place.ts';
import { useUrlState } from '#web/hooks/use-list-state.ts';
import { words } from '#web/lib/words/index.ts';
import { PanelState } from '#web/ui/panel-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { BrokerLedger } from './broker-ledger.tsx';
import { ConsoleLedger } from './console-ledger.tsx';

/** Two records that never mix: the console's own, of people, and what the broker says about itself. */
export function AuditPanel() {
  usePlace({ label: words.audit.title });
  const may = useMay(listAudit);
  const { person, tenant } = useSession();
  const url = useUrlState();
  if (may.needs !== undefined) {
    return (
      <Panel title={words.audit.title}>
        <PanelState kind="forbidden" title={words.session.forbidden.title(may.needs)}>
          {tenant === undefined ? words.session.forbidden.detail(person.role) : words.session.forbidden.detailOfKey}{' '}
          {words.audit.historyIsOpen}
        </PanelState>
      </Panel>
    );
  }
  return url.get('source') === 'broker' ? <BrokerLedger /> : <ConsoleLedger />;
}
