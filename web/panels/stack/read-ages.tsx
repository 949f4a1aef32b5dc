import type { ReachMatrix } from '#contract/reach.ts';
import { formatAge } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { PartialNote } from '#web/ui/panel-state.tsx';
import css from './stack.module.css';

const say = words.stack.agents.read;
type Ages = Pick<ReachMatrix, 'healthAgeMs' | 'eventsAgeMs'>;

/** How old the two things are that verdicts are made of: what agents answered, and what they say of their health. */
export function AgesLine({ healthAgeMs, eventsAgeMs }: Ages) {
  if (healthAgeMs === null && eventsAgeMs === null) return null;
  const events = eventsAgeMs === null ? '' : say.events(formatAge(eventsAgeMs));
  const health = healthAgeMs === null ? '' : say.health(formatAge(healthAgeMs));
  return <p className={css['foot']}>{`${events} ${health}`.trim()}</p>;
}
/** The same, and which of the two is missing. */
export function ReadAges(ages: Ages) {
  return (
    <>
      {ages.eventsAgeMs === null && <PartialNote>{say.eventsNot}</PartialNote>}
      {ages.healthAgeMs === null && <PartialNote>{say.healthNot}</PartialNote>}
      <AgesLine {...ages} />
    </>
  );
}
