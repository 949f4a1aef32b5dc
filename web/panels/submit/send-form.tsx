import { ProblemError } from '#contract/problem.ts';
import type { StackDetail } from '#contract/stacks.ts';
import { unsaid } from '#web/lib/unsaid.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { Button } from '#web/ui/button.tsx';
import { FormFailure } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import css from './submit.module.css';
import type { SubmissionState } from './use-submission.ts';

const say = submit.send;
const isOvertaken = (error: unknown) => error instanceof ProblemError && error.code === 'changed_meanwhile';
const isUnknown = (error: unknown) => error instanceof ProblemError && error.code === 'outcome_unknown';

/** The reason and the button that says its reach. */
export function SendForm({
  state: { rollsBackTo, reason, why, send, submit: go },
  detail: { stack, coverage },
}: {
  state: SubmissionState;
  detail: StackDetail;
}) {
  // Another revision is told of above the text, with both.
  const failure = isOvertaken(send.error)
    ? undefined
    : unsaid(send.error, isUnknown(send.error) ? say.notKnown : say.failed, ['yaml', 'reason']);
  return (
    <form
      className={css['send']}
      aria-label={say.label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <TextField
        label={say.reason}
        hint={rollsBackTo === undefined ? say.reasonHint : say.reasonRollBack}
        required={rollsBackTo !== undefined}
        lines={2}
        {...reason}
      />
      {failure !== undefined && <FormFailure failure={failure} />}
      <Button type="submit" variant="primary" size="large" block pending={send.isPending} why={why}>
        {rollsBackTo === undefined ? say.button(stack.reached, coverage) : say.rollBack(rollsBackTo.sequence, stack.reached, coverage)}
      </Button>
      <p className={css['hint']}>{say.note}</p>
    </form>
  );
}
