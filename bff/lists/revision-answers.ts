import type { WireAgentEvent } from '#bff/broker/wire.ts';
import { groups } from './breath.ts';
import type { Breathe } from './breath.ts';
import { sortableTime } from './time.ts';

/** An agent's newest word on one revision. */
export interface Answer {
  at: string;
  status: string;
  message: string | null;
}
type Answers = Map<string, Map<string, Answer>>;

/** Of events in any order, the newest of each agent about each revision. */
export function createRevisionAnswers() {
  let answers: Answers = new Map();
  /** Events that single agents' own reads showed since the last whole read, by id: each is shown by many reads. */
  const told = new Map<string, WireAgentEvent>();

  function keep(into: Answers, { deployment_object_id: revisionId, agent_id: agentId, created_at: at, status, message }: WireAgentEvent) {
    const ofRevision = into.get(revisionId) ?? new Map<string, Answer>();
    into.set(revisionId, ofRevision);
    const other = ofRevision.get(agentId);
    if (other === undefined || sortableTime(other.at) < sortableTime(at)) ofRevision.set(agentId, { at, status, message });
  }
  return {
    of: (revisionId: string): ReadonlyMap<string, Answer> => answers.get(revisionId) ?? new Map<string, Answer>(),
    add(events: readonly WireAgentEvent[]) {
      for (const event of events) {
        keep(answers, event);
        told.set(event.id, event);
      }
    },
    /** A whole read; what was told since it began is younger than all of it. */
    async replace(events: readonly WireAgentEvent[], breathe: Breathe) {
      const next: Answers = new Map();
      let newest = '';
      for (const group of groups(events)) {
        await breathe();
        for (const event of group) {
          keep(next, event);
          const at = sortableTime(event.created_at);
          if (at > newest) newest = at;
        }
      }
      for (const event of told.values()) {
        if (sortableTime(event.created_at) > newest) keep(next, event);
        else told.delete(event.id);
      }
      answers = next;
    },
  };
}
