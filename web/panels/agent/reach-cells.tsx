import type { ReachReason, ReachingStack } from '#contract/reach.ts';
import { stateNow } from '#web/lib/reached-agent.ts';
import { reachSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { useAge } from '#web/ui/age.tsx';
import { AnswerMark } from '#web/ui/answer-mark.tsx';
import { HealthMark } from '#web/ui/health-mark.tsx';
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
          <TagIcon /> <span className="secondary">{say.label}</span> <Label text={words.reach.shared(reason)} />
        </>
      );
    case 'annotation':
      return (
        <>
          <NoteIcon /> <span className="secondary">{say.annotation}</span> <Label text={words.reach.shared(reason)} />
        </>
      );
  }
}

/** What the agent said of the newest revision; a success is green only where a fresh health record bears it out. */
export function Answer({ stack: { current, state, answer, health } }: { stack: ReachingStack }) {
  const age = useAge(health?.ageMs, undefined);
  if (current === null) return <span className="muted">{say.nothingSubmitted}</span>;
  if (answer !== null) return <AnswerMark answer={answer} state={stateNow(state, age) ?? 'unconfirmed'} />;
  if (state === null) return <StateMark sign={{ kind: 'unknown', word: words.ui.notKnown }} />;
  return <StateMark sign={state === 'pending' ? reachSign(state) : { kind: 'pending', word: say.noAnswer }} />;
}

/** The agent's health record of the newest revision. */
export function HealthHere({ stack: { current, health, state } }: { stack: ReachingStack }) {
  // Without a state the records themselves were not read.
  return current === null ? null : <HealthMark health={health} isRead={state !== null} />;
}
