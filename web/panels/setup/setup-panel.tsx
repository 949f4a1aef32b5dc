import { useState } from 'react';
import { useLoaderData, useNavigate } from 'react-router';
import { ProblemError } from '#contract/problem.ts';
import type { Session } from '#contract/session.ts';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { useSignIn } from '#web/queries/session.ts';
import { LinkButton } from '#web/ui/button.tsx';
import { CauseNote } from '#web/ui/cause-note.tsx';
import { Form } from '#web/ui/form.tsx';
import { Gate } from '#web/ui/gate.tsx';
import { TextField } from '#web/ui/text-field.tsx';

export interface SetupLink {
  token: string;
  /** Makes the first admin, who has no name yet. */
  isFirst: boolean;
}
/** Spends a one-time link: the first admin's, or one that gives an account its password. */
export function SetupPanel() {
  const { link, session } = useLoaderData<{ link: SetupLink | undefined; session: Session }>();
  const title = link?.isFirst ? words.session.setup.first : words.session.setup.link;
  usePlace({ label: title });
  return (
    <Gate
      title={title}
      to={words.session.facts[session.broker.kind](session.broker.host || location.host)}
      facts={[words.shell.version(session.version), words.session.recorded]}
    >
      {link === undefined ? (
        <CauseNote
          kind="warn"
          title={words.session.setup.noToken}
          actions={<LinkButton href={paths.signIn}>{words.session.setup.toSignIn}</LinkButton>}
        >
          {words.session.setup.noTokenBody}
        </CauseNote>
      ) : (
        <PasswordForm link={link} title={title} />
      )}
    </Gate>
  );
}

function PasswordForm({ link: { token, isFirst }, title }: { link: SetupLink; title: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const spend = useSignIn();
  const navigate = useNavigate();
  const refusal = spend.error instanceof ProblemError ? spend.error : undefined;
  const faults = {
    name: isFirst && name.trim() === '' ? words.session.setup.nameNeeded : undefined,
    password: password.length < 12 ? words.session.setup.tooShort : undefined,
    repeated: repeated !== password ? words.session.setup.differs : undefined,
  };
  const isFaulty = Object.values(faults).some((fault) => fault !== undefined);
  const fieldOf = (field: 'name' | 'password') => (tried ? faults[field] : undefined) ?? refusal?.field(field);
  const submit = () => {
    setTried(true);
    if (isFaulty) return;
    spend.mutate(
      { way: 'setup', token, name: isFirst ? name.trim() : undefined, password },
      { onSuccess: () => void navigate(paths.home, { replace: true }) },
    );
  };
  const isToldBeside =
    refusal !== undefined && (refusal.problem.errors ?? []).some(({ path }) => path === 'password' || (isFirst && path === 'name'));
  return (
    <Form
      label={title}
      action={submit}
      pending={spend.isPending}
      submit={isFirst ? words.session.setup.create : words.session.setup.set}
      failure={spend.error !== null && !isToldBeside ? explain(spend.error) : undefined}
      note={<p className="caption">{isFirst ? words.session.setup.firstBody : words.session.setup.linkBody}</p>}
    >
      {isFirst && (
        <TextField
          label={words.session.setup.name}
          name="username"
          autoComplete="username"
          required
          focusFirst
          value={name}
          onChange={setName}
          error={fieldOf('name')}
        />
      )}
      <TextField
        label={words.session.setup.password}
        hint={words.session.setup.passwordHint}
        name="password"
        secret
        autoComplete="new-password"
        required
        focusFirst={!isFirst}
        value={password}
        onChange={setPassword}
        error={fieldOf('password')}
      />
      <TextField
        label={words.session.setup.repeat}
        name="repeated"
        secret
        autoComplete="new-password"
        required
        value={repeated}
        onChange={setRepeated}
        error={tried ? faults.repeated : undefined}
      />
    </Form>
  );
}
