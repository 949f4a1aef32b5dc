import { useState } from 'react';
import { ProblemError } from '#contract/problem.ts';
import { explain } from '#web/lib/failure.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from '#web/ui/button.tsx';
import { FormFailure } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import type { ProofFormProps } from './account-form.tsx';
import css from './sign-in.module.css';

/** A broker key and the name that goes beside it into the audit. The key is in this component's state and nowhere else. */
export function KeyForm({ signIn, name: fixed, onDone }: ProofFormProps) {
  const [name, setName] = useState(fixed ?? '');
  const [pak, setPak] = useState('');
  const [tried, setTried] = useState(false);
  const { error, isPending } = signIn;
  const code = error instanceof ProblemError ? error.code : undefined;
  const keyFault =
    code === 'sign_in_failed' ? words.session.wrongKey : code === 'key_kind_refused' ? words.session.keyKindRefused : undefined;
  const nameFault = error instanceof ProblemError ? error.field('name') : undefined;
  return (
    <form
      className={css['form']}
      aria-label={words.session.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isPending || name.trim() === '' || pak.trim() === '') return;
        signIn.mutate(
          { way: 'pak', name: name.trim(), pak: pak.trim() },
          {
            ...(onDone && { onSuccess: onDone }),
            onSettled: () => {
              setPak('');
              setTried(false);
            },
          },
        );
      }}
    >
      <TextField
        label={words.session.key}
        name="broker-key"
        secret
        mono
        required
        hint={words.session.keyHint}
        focusFirst
        value={pak}
        onChange={setPak}
        error={tried && pak.trim() === '' ? words.session.needed.key : keyFault}
      />
      <TextField
        label={words.session.yourName}
        name="person"
        autoComplete="name"
        required
        readOnly={fixed !== undefined}
        hint={words.session.yourNameHint}
        value={name}
        onChange={setName}
        error={tried && name.trim() === '' ? words.session.needed.name : nameFault}
      />
      {error !== null && keyFault === undefined && nameFault === undefined && <FormFailure failure={explain(error)} />}
      <Button type="submit" variant="primary" size="large" block pending={isPending}>
        {isPending ? words.session.signingIn : words.session.signIn}
      </Button>
    </form>
  );
}
