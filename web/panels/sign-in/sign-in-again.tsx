import { useLocation, useNavigate } from 'react-router';
import { useStore } from 'zustand';
import type { Person, SignedIn } from '#contract/session.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { useForgetPerson, useSignIn } from '#web/queries/session.ts';
import { draftStore } from '#web/stores/drafts.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FormFailure } from '#web/ui/form.tsx';
import { AccountForm } from './account-form.tsx';
import { KeyForm } from './key-form.tsx';
import css from './sign-in.module.css';

/** Over the page whose session ended: the same person signs in again and goes on; nothing on the page is touched. */
export function SignInAgain({ session: { person, idleMs } }: { session: SignedIn }) {
  const forget = useForgetPerson();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const drafts = useStore(draftStore, (state) => Object.keys(state.drafts).length);
  const leave = async () => {
    await navigate(paths.signInThen(pathname + search), { state: { left: { idleMs, drafts } } });
    forget();
  };
  return (
    <Dialog open firm title={words.session.again.title} onClose={() => void leave()}>
      <p className="secondary">{words.session.again.body(person.name)}</p>
      <Proof person={person} />
      <p className={css['other']}>
        <button type="button" className="link" onClick={() => void leave()}>
          {words.session.again.other}
        </button>{' '}
        <span className="caption">{words.session.again.otherHint}</span>
      </p>
    </Dialog>
  );
}

/** The same way in as before, with the name fixed. */
function Proof({ person }: { person: Person }) {
  const signIn = useSignIn();
  const [kind] = person.id.split(':');
  if (kind === 'account') return <AccountForm signIn={signIn} name={person.name} />;
  if (kind === 'pak') return <KeyForm signIn={signIn} name={person.name} />;
  return (
    <>
      {signIn.error && <FormFailure failure={explain(signIn.error)} />}
      <Button
        variant="primary"
        size="large"
        block
        pending={signIn.isPending}
        focusFirst
        onClick={() => signIn.mutate({ way: 'explore', role: person.role })}
      >
        {words.session.exploreAs(person.role)}
      </Button>
    </>
  );
}
