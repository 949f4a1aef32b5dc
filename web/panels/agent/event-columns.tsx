import { type AgentEvent, agentEventFilters, agentEventSorts } from '#contract/agents.ts';
import { eventSign } from '#web/lib/event-sign.ts';
import type { ListRules } from '#web/lib/list-state.ts';
import { words } from '#web/lib/words/index.ts';
import { Age } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Mark, StateMark } from '#web/ui/state-mark.tsx';
import css from './agent.module.css';

function Message({ message }: { message: string | null }) {
  if (message === null) return <span className="muted">{words.agents.noMessage}</span>;
  return (
    <span className={css['message']} title={message}>
      <bdi>{message}</bdi>
    </span>
  );
}
/** A success is what the agent said once: it is never green, and the hover says why. */
export function Answer({ status }: { status: string }) {
  return (
    <span className={css['mark']} title={status.toUpperCase() === 'SUCCESS' ? words.reach.appliedMeaning : undefined}>
      <StateMark sign={eventSign(status)} value={status} />
    </span>
  );
}

export const eventRules: ListRules = { sorts: agentEventSorts, filters: agentEventFilters };

const { eventColumns: heads } = words.agents;
export const eventColumns: readonly Column<AgentEvent>[] = [
  { key: 'at', head: heads.at, width: 96, sortable: true, descendingFirst: true, cell: ({ at, ageMs }) => <Age at={at} ageMs={ageMs} /> },
  { key: 'status', head: heads.status, width: 168, sortable: true, cell: ({ status }) => <Answer status={status} /> },
  {
    key: 'eventType',
    head: heads.type,
    width: 88,
    sortable: true,
    leaves: 1,
    cell: ({ eventType }) => <span className="mono secondary">{eventType}</span>,
  },
  {
    key: 'object',
    head: heads.object,
    width: 296,
    leaves: 2,
    cell: ({ deploymentObjectId }) => <span className="mono secondary">{deploymentObjectId}</span>,
  },
  { key: 'message', head: heads.message, minWidth: 200, cell: ({ message }) => <Message message={message} /> },
];
export function eventLine({ at, ageMs, status, eventType, deploymentObjectId, message }: AgentEvent): NarrowRow {
  const sign = eventSign(status);
  return {
    mark: <Mark kind={sign?.kind ?? 'unknown'} />,
    title: <span className={css['answerTitle']}>{sign?.word ?? status}</span>,
    aside: <Age at={at} ageMs={ageMs} />,
    line: message ?? `${eventType}, ${deploymentObjectId}`,
  };
}
