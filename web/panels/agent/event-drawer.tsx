import type { AgentEvent } from '#contract/agents.ts';
import { exactTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Age } from '#web/ui/age.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { FactLines } from '#web/ui/facts.tsx';
import { Id } from '#web/ui/id.tsx';
import { PeekDrawer } from '#web/ui/peek-drawer.tsx';
import css from './agent.module.css';
import { Answer } from './event-columns.tsx';

interface EventDrawerProps {
  event: AgentEvent;
  place: string;
  onClose: () => void;
  onWalk: (step: 1 | -1) => void;
}
/** One answer of the agent in full, its message as it came. */
export function EventDrawer({ event, place, onClose, onWalk }: EventDrawerProps) {
  const { eventColumns: heads, eventDrawer } = words.agents;
  return (
    <div className={css['drawerPlace']}>
      <PeekDrawer
        title={eventDrawer.title}
        aside={<Age at={event.at} ageMs={event.ageMs} ago />}
        onClose={onClose}
        onWalk={onWalk}
        place={place}
      >
        <FactLines
          facts={[
            { term: heads.status, fact: <Answer status={event.status} /> },
            { term: eventDrawer.status, fact: <span className="mono">{event.status}</span> },
            { term: heads.type, fact: <span className="mono">{event.eventType}</span> },
            { term: heads.at, fact: <span className="mono">{exactTime(event.at)}</span> },
            { term: heads.object, fact: <Id id={event.deploymentObjectId} what={heads.object} /> },
            { term: eventDrawer.id, fact: <Id id={event.id} what={eventDrawer.id} /> },
          ]}
        />
        <h3 className={css['drawerHead']}>{heads.message}</h3>
        {event.message === null ? (
          <p className="muted">{words.agents.noMessage}</p>
        ) : (
          <>
            <pre className={css['fullMessage']}>
              <bdi>{event.message}</bdi>
            </pre>
            <CopyButton text={event.message} label={eventDrawer.copy} what={heads.message} />
          </>
        )}
        <p className="caption">{event.status.toUpperCase() === 'SUCCESS' ? words.reach.appliedMeaning : eventDrawer.refusedMeaning}</p>
      </PeekDrawer>
    </div>
  );
}
