import type { ReachReason, ReachingStack } from '#contract/reach.ts';
import { answerSign, isFresh, stateNow } from '#web/lib/reached-agent.ts';
import { healthSign, reachSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { useAge } from '#web/ui/age.tsx';
import { NoteIcon, TagIcon, TargetIcon } from '#web/ui/icons.tsx';
import { Label } from '#web/ui/label.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import css from './reach.module.css';

const say = words.agentReach;

/** Every reason, none left out: each would do alone. */
export function Reasons({ reasons }: { reasons: readonly ReachReason[] }) {
  if (reasons.length === 0) {
    return (
      <span className="muted" title={say.reasonNotKnownMeaning}>
        {say.reasonNotKnown}
      </span>
    );
  }
  return (
    <span className={css['reasons']}>
      {reasons.map((reason, index) => (
        <span key={say.reason(reason)} className={css['reason']}>
          {index > 0 && <span className="muted">{say.and}</span>}
          <Reason reason={reason} />
        </span>
      ))}
    </span>
  );
}
export function Reason({ reason }: { reason: ReachReason }) {
  switch (reason.by) {
    case 'target':
      return (
        <>
          <TargetIcon /> <span className="secondary">{say.directTarget}</span>
        </>
      );
    case 'label':
      return (
        <>
          <TagIcon /> <span className="secondary">{say.label}</span> <Label text={say.shared(reason)} />
        </>
      );
    case 'annotation':
      return (
        <>
          <NoteIcon /> <span className="secondary">{say.annotation}</span> <Label text={say.shared(reason)} />
        </>
      );
  }
}

/** What the agent said of the newest revision; a success is green only where a fresh health record bears it out. */
export function Answer({ stack: { current, state, answer, health } }: { stack: ReachingStack }) {
  const age = useAge(health?.ageMs, undefined);
  if (current === null) return <span className="muted">{say.nothingSubmitted}</span>;
  if (answer === null)
    return (
      <StateMark
        sign={
          state === null
            ? { kind: 'unknown', word: words.ui.notKnown }
            : state === 'pending'
              ? reachSign(state)
              : { kind: 'pending', word: say.noAnswer }
        }
      />
    );
  return (
    <span className={css['meaning']} title={answer.message ?? say.appliedMeaning}>
      <StateMark sign={answerSign({ answer, state: stateNow(state, age) ?? 'unconfirmed' })} value={answer.status} />
    </span>
  );
}

/** The agent's health record of the newest revision; an old one says what was, none says nothing. */
export function HealthHere({ stack: { current, health, state } }: { stack: ReachingStack }) {
  const age = useAge(health?.ageMs, undefined);
  if (current === null) return null;
  if (health === null) {
    return (
      <span className={css['meaning']} title={state === null ? say.notReadMeaning : say.noRecordMeaning}>
        <StateMark sign={{ kind: 'unknown', word: state === null ? say.notReadShort : say.noRecord }} />
      </span>
    );
  }
  const sign = healthSign(health.status);
  const pods = say.pods(health.podsReady, health.podsTotal);
  return (
    <span className={css['meaning']} title={isFresh(age) ? health.conditions.join('\n') || undefined : say.oldRecordMeaning}>
      <StateMark sign={isFresh(age) ? sign : { kind: 'stale', word: `${sign.word}, ${say.oldRecord}` }} />
      {pods !== '' && <span className="caption">{pods}</span>}
    </span>
  );
}
