import { useQuery } from '@tanstack/react-query';
import type { AgentRow } from '#contract/agents.ts';
import { useListState } from '#web/hooks/use-list-state.ts';
import { eventSign } from '#web/lib/event-sign.ts';
import { explain } from '#web/lib/failure.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { agentEvents } from '#web/queries/agents.ts';
import { Age, Moment } from '#web/ui/age.tsx';
import { BottomStrip, Pager } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { FilterBar } from '#web/ui/filter-bar.tsx';
import { PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { eventColumns, eventLine, eventRules } from './event-columns.tsx';
import { EventDrawer } from './event-drawer.tsx';

export function EventsTab({ agent }: { agent: AgentRow }) {
  const list = useListState(eventColumns, eventRules);
  const events = useQuery(agentEvents(agent.id, list.state));
  const page = events.data;
  const rows = page?.rows ?? [];
  const opened = rows.findIndex(({ id }) => id === list.opened);
  const event = rows[opened];
  const facet = (field: string) => page?.facets[field] ?? [];
  return (
    <Card
      title={words.agents.tabs.events}
      aside={
        page && (
          <>
            {words.agents.eventsTitle(page.total)} · <Age at={page.asOf} ago />
          </>
        )
      }
      flush
    >
      <FilterBar
        list={list}
        searchLabel={words.agents.findEvent}
        fields={[
          {
            field: 'status',
            label: words.agents.eventFilters.status,
            options: facet('status').map(({ value, count }) => ({ value, label: eventSign(value)?.word ?? value, count })),
          },
          { field: 'eventType', label: words.agents.eventFilters.eventType, options: facet('eventType') },
        ]}
      />
      {events.isError && page === undefined ? (
        <PanelState
          kind="error"
          failure={explain(events.error, words.agents.eventsNotRead(agent.name))}
          onRetry={() => void events.refetch()}
          retrying={events.isFetching}
        />
      ) : (
        <Moment at={page === undefined ? 0 : momentOf(page)}>
          <DataTable
            variant="panelled"
            label={words.agents.tabs.events}
            columns={eventColumns}
            page={page}
            list={list}
            rowKey={({ id }) => id}
            rowName={({ deploymentObjectId }) => deploymentObjectId}
            onPeek={({ id }) => list.open(id)}
            narrow={eventLine}
            waiting={events.isPlaceholderData}
            empty={
              list.isFiltered ? (
                <PanelState
                  kind="empty"
                  title={words.agents.noEventMatches}
                  actions={
                    <Button size="small" onClick={list.clear}>
                      {words.ui.clearFilters}
                    </Button>
                  }
                />
              ) : (
                <PanelState kind="empty" title={words.agents.noEvents}>
                  {words.agents.noEventsText(agent.name)}
                </PanelState>
              )
            }
          />
          {event !== undefined && (
            <EventDrawer
              event={event}
              place={words.agents.place(opened + 1, rows.length)}
              onClose={() => list.open(undefined)}
              onWalk={(step) => {
                const next = rows[opened + step];
                if (next !== undefined) list.open(next.id);
              }}
            />
          )}
        </Moment>
      )}
      <BottomStrip start={page && (page.stale !== null || events.isError) && <StaleNote at={page.asOf} />}>
        {page && <Pager list={list} total={page.total} />}
      </BottomStrip>
    </Card>
  );
}
