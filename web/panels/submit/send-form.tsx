import { flushSync } from 'react-dom';
import { ProblemError } from '#contract/problem.ts';
import type { StackDetail } from '#contract/stacks.ts';
import { unsaid } from '#web/lib/unsaid.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { Button } from '#web/ui/button.tsx';
import { FormFailure } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { ThumbBar } from '#web/ui/thumb-bar.tsx';
import { useIsNarrow } from '#web/ui/use-width.ts';
import css from './submit.module.css';
import type { SubmissionState } from './use-submission.ts';

const say = submit.send;
const isOvertaken = (error: unknown) => error instanceof ProblemError && error.code === 'changed_meanwhile';
const isUnknown = (error: unknown) => error instanceof ProblemError && error.code === 'outcome_unknown';

const formId = 'send';

interface SendProps {
  state: SubmissionState;
  detail: StackDetail;
}
/** The reason and the button that says its reach. */
export function SendForm({ state, detail }: SendProps) {
  const { rollsBackTo, reason, send, submit: go } = state;
  const isNarrow = useIsNarrow();
  // Another revision is told of above the text, with both.
  const failure = isOvertaken(send.error)
    ? undefined
    : unsaid(send.error, isUnknown(send.error) ? say.notKnown : say.failed, ['yaml', 'reason']);
  return (
    <form
      id={formId}
      className={css['send']}
      aria-label={say.label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        flushSync(go);
        event.currentTarget.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
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
      {!isNarrow && <SendButton state={state} detail={detail} />}
      <p className={css['hint']}>{say.note}</p>
    </form>
  );
}

/** On a phone, from the first line on: the form is at the end of a long page. */
export function SendThumb(props: SendProps) {
  return (
    useIsNarrow() && (
      <ThumbBar>
        <SendButton {...props} />
      </ThumbBar>
    )
  );
}
function SendButton({ state: { rollsBackTo, why, send }, detail: { stack, coverage } }: SendProps) {
  return (
    <Button type="submit" form={formId} variant="primary" size="large" block pending={send.isPending} why={why}>
      {rollsBackTo === undefined ? say.button(stack.reached, coverage) : say.rollBack(rollsBackTo.sequence, stack.reached, coverage)}
    </Button>
  );
}
