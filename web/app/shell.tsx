import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Outlet, useLoaderData, useLocation, useNavigation } from 'react-router';
import { useStore } from 'zustand';
import type { SignedIn } from '#contract/session.ts';
import { SessionProvider } from '#web/context/session.tsx';
import { words } from '#web/lib/words/index.ts';
import { sessionQuery } from '#web/queries/session.ts';
import { confirmationStore } from '#web/stores/confirmations.ts';
import { expiryStore } from '#web/stores/expiry.ts';
import { linkStore } from '#web/stores/link.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Banner } from '#web/ui/cause-note.tsx';
import { CloseIcon, MenuIcon } from '#web/ui/icons.tsx';
import { LinkChip } from '#web/ui/link-chip.tsx';
import { Crumbs } from './crumbs.tsx';
import { PersonMenu } from './person-menu.tsx';
import { ScopeChip } from './scope-chip.tsx';
import { SearchOrRun } from './search-or-run.tsx';
import css from './shell.module.css';
import { SideNavigation } from './side-navigation.tsx';
import { useDrawer } from './use-drawer.ts';

// Dialogs come when one is needed.
const LeaveQuestion = lazy(async () => ({ default: (await import('./leave-question.tsx')).LeaveQuestion }));
const SignInAgain = lazy(async () => ({ default: (await import('#web/panels/sign-in/sign-in-again.tsx')).SignInAgain }));

/** The frame round every screen: where one can go, where one is, how old what one sees is, who one is. */
export function Shell() {
  const loaded = useLoaderData<SignedIn>();
  const { data: now } = useQuery(sessionQuery);
  // Signed out under an open page: the page stays as it was, with the person it belongs to.
  const [session, setSession] = useState(loaded);
  if (now?.signedIn === true && now !== session) setSession(now);
  const isExpired = useStore(expiryStore, ({ expired }) => expired) || now?.signedIn === false;
  const isAsking = useStore(confirmationStore, ({ asked }) => asked !== undefined);
  const main = useFocusAfterNavigation();
  const { drawer, isOpen, toggle } = useDrawer();
  const isReading = useNavigation().state === 'loading';

  return (
    <SessionProvider session={session}>
      <a className={css['skip']} href="#main" onClick={(event) => skipTo(event, main.current)}>
        {words.shell.skip}
      </a>
      <div className={css['shell']} data-drawer={isOpen || undefined}>
        <nav ref={drawer} className={css['side']} aria-label={words.shell.navigation}>
          <SideNavigation session={session} />
        </nav>
        {isOpen && <button type="button" className={css['scrim']} aria-label={words.shell.closeNavigation} onClick={toggle} />}
        <header className={css['top']}>
          <span className={css['burger']}>
            <IconButton label={isOpen ? words.shell.closeNavigation : words.shell.openNavigation} aria-expanded={isOpen} onClick={toggle}>
              {isOpen ? <CloseIcon /> : <MenuIcon />}
            </IconButton>
          </span>
          <Crumbs />
          <div className={css['topEnd']}>
            <ScopeChip />
            <Freshness />
            <SearchOrRun />
            <PersonMenu session={session} />
          </div>
          {isReading && <progress className={css['reading']} aria-label={words.shell.reading} />}
        </header>
        <main ref={main} id="main" tabIndex={-1} className={css['main']}>
          {session.broker.kind === 'demo' && <Banner kind="pending" title={words.shell.demo} />}
          <div className={css['screen']}>
            <Outlet />
          </div>
        </main>
      </div>
      <Suspense>
        {isExpired && !isReading && <SignInAgain session={session} />}
        {isAsking && <LeaveQuestion />}
      </Suspense>
    </SessionProvider>
  );
}

function Freshness() {
  const link = useStore(linkStore);
  const client = useQueryClient();
  return <LinkChip {...link} onTry={() => void client.refetchQueries({ type: 'active' })} />;
}

/** After a navigation the focus is on the new screen's title, and its top is in view; the first screen is left alone. */
function useFocusAfterNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // The tabs of one thing are one screen: among them the focus stays on the tab, and the page where it is scrolled to.
  const place = pathname.split('/', 3).join('/');
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    const screen = main.current;
    if (screen === null) return;
    screen.scrollTo(0, 0);
    const focusTitle = () => (screen.querySelector<HTMLElement>('h1') ?? screen).focus({ preventScroll: true });
    focusTitle();
    // When its data comes, a screen may put another title in the place of the first: the focus goes with it.
    const observer = new MutationObserver(() => document.activeElement === document.body && focusTitle());
    observer.observe(screen, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [place]);
  return main;
}
/** With a hash router the address is not free for anchors. */
function skipTo(event: React.MouseEvent, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}
