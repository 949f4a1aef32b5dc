import { useState } from 'react';
import { useLoaderData, useLocation, useNavigate, useSearchParams } from 'react-router';
import { roles, type SignedOut, type SignInWay } from '#contract/session.ts';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { safeNext } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { useSignIn } from '#web/queries/session.ts';
import { Button } from '#web/ui/button.tsx';
import { CauseNote } from '#web/ui/cause-note.tsx';
import { FormFailure } from '#web/ui/form.tsx';
import { Gate } from '#web/ui/gate.tsx';
import { KeyIcon, UserIcon } from '#web/ui/icons.tsx';
import { AccountForm } from './account-form.tsx';
import css from './sign-in.module.css';
import { KeyForm } from './key-form.tsx';

/** Why one is here, told by the page that sent one. */
type Left = 'signed out' | { idleMs: number; drafts: number };

/** Three ways in, of those that are open; the one that is asked for most stands first. */
export function SignInPanel() {
  usePlace({ label: words.session.tab });
  const session = useLoaderData<SignedOut>();
  const [search] = useSearchParams();
  const left = (useLocation().state as { left?: Left } | null)?.left;
  const navigate = useNavigate();
  const signIn = useSignIn();
  const explore = useSignIn();
  const [chosen, setChosen] = useState<SignInWay>();
  const way = chosen ?? session.ways[0];
  const other = session.ways.find((one) => one !== way);
  const goOn = () => void navigate(safeNext(search.get('next')), { replace: true });

  return (
    <Gate
      title={words.session.title}
      to={words.session.facts[session.broker.kind](session.broker.host || location.host)}
      facts={[words.shell.version(session.version), words.session.recorded]}
    >
      {left !== undefined && <LeftNote left={left} />}
      {session.needsSetup && (
        <CauseNote kind="unknown" title={words.session.needsSetup}>
          {words.session.needsSetupHow}
        </CauseNote>
      )}
      {session.waysNote === 'no_service_credential' && <p className="caption">{words.session.noServiceKey}</p>}
      {way === 'accounts' && <AccountForm signIn={signIn} onDone={goOn} />}
      {way === 'pak' && <KeyForm signIn={signIn} onDone={goOn} />}
      {other !== undefined && (
        <>
          <p className={css['or']}>{words.session.or}</p>
          <Button
            block
            size="large"
            icon={other === 'pak' ? <KeyIcon /> : <UserIcon />}
            onClick={() => {
              signIn.reset();
              setChosen(other);
            }}
          >
            {other === 'pak' ? words.session.withKey : words.session.withAccount}
          </Button>
        </>
      )}
      {session.explore && (
        <section className={css['explore']} aria-label={words.session.exploreNote}>
          <p className="caption">{session.broker.kind === 'demo' ? words.session.exploreDemo : words.session.exploreNote}</p>
          <div className={css['three']}>
            {roles.map((role) => (
              <Button
                key={role}
                size="large"
                aria-label={words.session.exploreAs(role)}
                pending={explore.isPending}
                onClick={() => explore.mutate({ way: 'explore', role }, { onSuccess: goOn })}
              >
                {words.session.explore[role]}
              </Button>
            ))}
          </div>
          {explore.error && <FormFailure failure={explain(explore.error, words.session.notExplored)} />}
        </section>
      )}
    </Gate>
  );
}

function LeftNote({ left }: { left: Left }) {
  if (left === 'signed out') return <CauseNote kind="ok" title={words.session.signedOut} />;
  return (
    <CauseNote kind="stale" title={words.session.expired(Math.round(left.idleMs / 60_000))}>
      {left.drafts > 0 && words.session.draftsKept(left.drafts)}
    </CauseNote>
  );
}
