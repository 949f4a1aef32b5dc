import type { ReachMatrix } from '#contract/reach.ts';
import { isFresh } from '#web/lib/reached-agent.ts';
import { words } from '#web/lib/words/index.ts';
import { Age, useAge } from '#web/ui/age.tsx';
import { PartialNote } from '#web/ui/panel-state.tsx';
import css from './stack.module.css';

const say = words.stack.agents.read;
type Ages = Pick<ReachMatrix, 'healthAgeMs' | 'eventsAgeMs'>;

/** How old the two things are that verdicts are made of: what agents answered, and what they say of their health. They count on. */
export function AgesLine({ healthAgeMs, eventsAgeMs }: Ages) {
  const healthAge = useAge(healthAgeMs, undefined);
  if (healthAgeMs === null && eventsAgeMs === null) return null;
  return (
    <p className={css['foot']}>
      {eventsAgeMs !== null && (
        <>
          {say.events} <Age at={null} ageMs={eventsAgeMs} ago />.{' '}
        </>
      )}
      {healthAgeMs !== null && (
        <>
          {say.health} <Age at={null} ageMs={healthAgeMs} ago />.{!isFresh(healthAge) && ` ${say.healthOld}`}
        </>
      )}
    </p>
  );
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
