import { useQuery } from '@tanstack/react-query';
import { usePlace } from '#web/hooks/use-place.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { agentHistory } from '#web/queries/agents.ts';
import { Age } from '#web/ui/age.tsx';
import { LinkButton } from '#web/ui/button.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { DetailPage } from '#web/ui/panel.tsx';
import { HistoryCard } from './history-tab.tsx';

/** An address that names no agent. */
export function NoAgent({ agentId }: { agentId: string }) {
  usePlace({ label: words.fleet.title, href: paths.fleet }, { label: agentId, mono: true });
  return (
    <DetailPage head={<PageHead title={agentId} mono />}>
      <PanelState kind="empty" title={words.agents.goneTitle} actions={<LinkButton href={paths.fleet}>{words.agents.toFleet}</LinkButton>}>
        {words.agents.gone}
      </PanelState>
    </DetailPage>
  );
}

/** An id the broker does not know: what the audit still says about it, else that it never was. */
export function GoneAgent({ agentId }: { agentId: string }) {
  const history = useQuery({ ...agentHistory(agentId), refetchInterval: false });
  const rows = history.data?.rows ?? [];
  const deletion = rows.find(({ type, outcome }) => type === 'agent.deleted' && outcome === 'success');
  const name = deletion?.resource.name ?? rows[0]?.resource.name ?? agentId;
  usePlace({ label: words.fleet.title, href: paths.fleet }, { label: name, mono: true });
  return (
    <DetailPage head={<PageHead title={name} mono aside={name === agentId ? undefined : <span className="mono">{agentId}</span>} />}>
      <PanelState
        kind="empty"
        title={deletion === undefined ? words.agents.goneTitle : words.agents.deletedTitle}
        actions={<LinkButton href={paths.fleet}>{words.agents.toFleet}</LinkButton>}
      >
        {deletion === undefined ? (
          words.agents.gone
        ) : (
          <>
            <p>
              {words.agents.deletedBy(deletion.person?.name ?? words.audit.nobody)} <Age at={deletion.at} ago />.
            </p>
            {deletion.reason !== null && <p>{words.agents.deletedReason(deletion.reason)}</p>}
          </>
        )}
      </PanelState>
      {rows.length > 0 && <HistoryCard rows={rows} />}
    </DetailPage>
  );
}
