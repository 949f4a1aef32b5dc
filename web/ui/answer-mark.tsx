import { answerSign, type ToldAnswer } from '#web/lib/reached-agent.ts';
import { words } from '#web/lib/words/index.ts';
import css from './answer-mark.module.css';
import { StateMark } from './state-mark.tsx';

/** What an agent said once of a revision; a success is green only where a fresh health record bears it out. */
export function AnswerMark({ answer, state }: ToldAnswer) {
  return (
    <span className={css['answer']} title={answer.message ?? words.reach.appliedMeaning}>
      <StateMark sign={answerSign({ answer, state })} value={answer.status} />
    </span>
  );
}
