import { useQuery } from '@tanstack/react-query';
import { usePlace } from '#web/hooks/use-place.ts';
import { whoOf } from '#web/lib/history.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { stackHistory } from '#web/queries/stacks.ts';
import { Age } from '#web/ui/age.tsx';
import { LinkButton } from '#web/ui/button.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { DetailPage } from '#web/ui/panel.tsx';
import { HistoryCard } from './history-tab.tsx';

const say = words.stack;
const back = <LinkButton href={paths.stacks}>{say.toStacks}</LinkButton>;

/** An address that names no stack. */
export function NoStack({ stackId }: { stackId: string }) {
  usePlace({ label: words.stacks.title, href: paths.stacks }, { label: stackId, mono: true });
  return (
    <DetailPage head={<PageHead title={stackId} mono />}>
      <PanelState kind="empty" title={say.goneTitle} actions={back}>
        {say.gone}
      </PanelState>
    </DetailPage>
  );
}

/** An id the broker does not know: what the audit still says about it, else that it never was. */
export function GoneStack({ stackId }: { stackId: string }) {
  const history = useQuery({ ...stackHistory(stackId), refetchInterval: false });
  const rows = history.data?.rows ?? [];
  const deletion = rows.find(({ type, outcome }) => type === 'stack.deleted' && outcome === 'success');
  const name = deletion?.resource.name ?? rows[0]?.resource.name ?? stackId;
  usePlace({ label: words.stacks.title, href: paths.stacks }, { label: name, mono: true });
  return (
    <DetailPage head={<PageHead title={name} mono aside={name === stackId ? undefined : <span className="mono">{stackId}</span>} />}>
      <PanelState kind="empty" title={deletion === undefined ? say.goneTitle : say.deletedTitle} actions={back}>
        {deletion === undefined ? (
          say.gone
        ) : (
          <>
            <p>
              {say.deletedBy(whoOf(deletion))} <Age at={deletion.at} ago />.
            </p>
            {deletion.reason !== null && <p>{say.deletedReason(deletion.reason)}</p>}
          </>
        )}
      </PanelState>
      {rows.length > 0 && <HistoryCard rows={rows} />}
    </DetailPage>
  );
}
