import { useNavigate } from 'react-router';
import { useStore } from 'zustand';
import { roles, type SignedIn } from '#contract/session.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { useForgetPerson, useSignIn, useSignOut } from '#web/queries/session.ts';
import { demoStore } from '#web/stores/demo.ts';
import { chooseTheme, preferences, themes } from '#web/stores/preferences.ts';
import { toastFailure } from '#web/stores/toasts.ts';
import { MoonIcon, ScreenIcon, RefreshIcon, SignOutIcon, SunIcon } from '#web/ui/icons.tsx';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { Avatar } from '#web/ui/person.tsx';
import css from './shell.module.css';

const themeIcons = { system: <ScreenIcon />, light: <SunIcon />, dark: <MoonIcon /> };

/** Who one is, how the page looks, and the way out. */
export function PersonMenu({ session: { person, broker } }: { session: SignedIn }) {
  const { theme } = useStore(preferences);
  const { startOver } = useStore(demoStore);
  const signOut = useSignOut();
  const navigate = useNavigate();
  const forget = useForgetPerson();
  const leave = async () => {
    await navigate(paths.signIn, { state: { left: 'signed out' } });
    forget();
  };
  const become = useSignIn();
  const isMadeUp = broker.kind === 'demo' || person.id.startsWith('explore:');
  const entries: MenuEntry[] = [
    {
      kind: 'note',
      content: (
        <span className={css['who']}>
          <b>{person.name}</b>
          <span>{[words.session.role(person.role), person.verified ? undefined : words.shell.unverified].filter(Boolean).join(', ')}</span>
        </span>
      ),
    },
    { kind: 'line' },
    { kind: 'heading', label: words.shell.theme },
    ...themes.map((one) => ({
      kind: 'choice' as const,
      label: words.shell.themes[one],
      icon: themeIcons[one],
      chosen: one === theme,
      onSelect: () => chooseTheme(one),
    })),
    ...(isMadeUp
      ? [
          { kind: 'line' as const },
          { kind: 'heading' as const, label: words.shell.exploreAs },
          ...roles.map((role) => ({
            kind: 'choice' as const,
            label: words.session.explore[role],
            chosen: role === person.role,
            onSelect: () =>
              become.mutate({ way: 'explore', role }, { onError: (error) => toastFailure(words.session.notExplored, explain(error)) }),
          })),
        ]
      : []),
    { kind: 'line' },
    ...(startOver === undefined ? [] : [{ label: words.shell.startOver, icon: <RefreshIcon />, onSelect: startOver }]),
    { label: words.shell.signOut, icon: <SignOutIcon />, onSelect: () => signOut.mutate(undefined, { onSuccess: () => void leave() }) },
  ];
  return (
    <Menu
      entries={entries}
      target={
        <button type="button" className={css['person']} aria-label={words.shell.person(person.name, person.role)}>
          <Avatar name={person.name} large />
        </button>
      }
    />
  );
}
