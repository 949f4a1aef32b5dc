import type { AgentDetail } from '#contract/agents.ts';
import type { Bonds } from '#web/lib/delivery-checks.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { LinkButton } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import { eventColumns, eventLine } from './event-columns.tsx';
import type { AgentActions } from './use-agent-actions.ts';

export function OverviewTab({ detail, bonds, actions }: { detail: AgentDetail; bonds: Bonds; actions: AgentActions }) {
  const { agent, recentEvents } = detail;
  return (
    <>
      <DeliveryCard detail={detail} bonds={bonds} actions={actions} />
      <Card
        title={words.agents.recentEvents}
        aside={words.agents.recentEventsNote}
        flush
        actions={
          <LinkButton size="small" variant="ghost" href={paths.agent(agent.id, 'events')}>
            {words.agents.allEvents}
          </LinkButton>
        }
      >
        <DataTable
          variant="panelled"
          label={words.agents.recentEvents}
          columns={eventColumns}
          page={{ rows: recentEvents }}
          rowKey={({ id }) => id}
          rowName={({ deploymentObjectId }) => deploymentObjectId}
          narrow={eventLine}
          empty={
            <PanelState kind="empty" title={words.agents.noEvents}>
              {words.agents.noEventsText(agent.name)}
            </PanelState>
          }
        />
      </Card>
    </>
  );
}
