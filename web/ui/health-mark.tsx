import { healthTold, type ToldHealth } from '#web/lib/reached-agent.ts';
import { words } from '#web/lib/words/index.ts';
import { useAge } from './age.tsx';
import css from './health-mark.module.css';
import { StateMark } from './state-mark.tsx';

interface HealthMarkProps {
  /** Null: there is no record. */
  health: (ToldHealth & { ageMs: number }) | null;
  /** False: whether there is one could not be read. */
  isRead?: boolean;
}
/** What an agent's health record says of one revision; an old one says what was, none says nothing. */
export function HealthMark({ health, isRead = true }: HealthMarkProps) {
  const age = useAge(health?.ageMs, undefined);
  const { sign, meaning, pods } = healthTold(health, age, isRead);
  return (
    <span className={css['health']} title={meaning}>
      <StateMark sign={sign} />
      {pods !== '' && (
        <span className={css['pods']} title={words.reach.podsMeaning}>
          {pods}
        </span>
      )}
    </span>
  );
}
