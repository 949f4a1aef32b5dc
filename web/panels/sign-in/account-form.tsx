import { useState } from 'react';
import { ProblemError } from '#contract/problem.ts';
import { explain } from '#web/lib/failure.ts';
import { words } from '#web/lib/words/index.ts';
import type { useSignIn } from '#web/queries/session.ts';
import { Button } from '#web/ui/button.tsx';
import { FormFailure } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import css from './sign-in.module.css';

export interface ProofFormProps {
  signIn: ReturnType<typeof useSignIn>;
  /** Fixed when somebody signs in again over their own page. */
  name?: string;
  onDone?: () => void;
}
/** Name and password. The password is in this component's state and nowhere else, and leaves it with the answer. */
export function AccountForm({ signIn, name: fixed, onDone }: ProofFormProps) {
  const [name, setName] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { error, isPending } = signIn;
  const refused = error instanceof ProblemError && error.code === 'sign_in_failed';
  return (
    <form
      className={css['form']}
      aria-label={words.session.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isPending || name.trim() === '' || password === '') return;
        signIn.mutate(
          { way: 'account', name: name.trim(), password },
          {
            ...(onDone && { onSuccess: onDone }),
            onSettled: () => {
              setPassword('');
              setTried(false);
            },
          },
        );
      }}
    >
      <TextField
        label={words.session.name}
        name="username"
        autoComplete="username"
        required
        readOnly={fixed !== undefined}
        focusFirst={fixed === undefined}
        value={name}
        onChange={setName}
        error={tried && name.trim() === '' ? words.session.needed.name : undefined}
      />
      <TextField
        label={words.session.password}
        name="password"
        secret
        autoComplete="current-password"
        required
        focusFirst={fixed !== undefined}
        value={password}
        onChange={setPassword}
        error={tried && password === '' ? words.session.needed.password : refused ? words.session.wrongAccount : undefined}
      />
      {error !== null && !refused && <FormFailure failure={explain(error)} />}
      <Button type="submit" variant="primary" size="large" block pending={isPending}>
        {isPending ? words.session.signingIn : words.session.signIn}
      </Button>
    </form>
  );
}
