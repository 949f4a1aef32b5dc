import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { placeStore } from '#web/stores/place.ts';
import { visited } from '#web/stores/recent.ts';
import { SearchIcon } from '#web/ui/icons.tsx';
import { askedBy, isDeciding, paletteKeys } from './palette-keys.ts';
import css from './palette.module.css';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const Shortcuts = lazy(async () => ({ default: (await import('./shortcuts.tsx')).Shortcuts }));

/** The field in the top bar that is a button: what it opens is fetched when it is first asked for. */
export function SearchOrRun() {
  const [open, setOpen] = useState<'palette' | 'shortcuts'>();
  const close = () => setOpen(undefined);
  const press = useEffectEvent((event: KeyboardEvent) => {
    const asked = askedBy(event);
    if (asked === undefined) return;
    // The browser's own search bar stays away even while a decision is open.
    event.preventDefault();
    if (asked === open) close();
    else if (open === undefined && !isDeciding()) setOpen(asked);
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  useRemembering();
  return (
    <>
      <button
        type="button"
        className={css['button']}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen('palette')}
      >
        <SearchIcon />
        <span>{words.palette.open}</span>
        <kbd aria-hidden="true">{paletteKeys.join(paletteKeys[0] === '⌘' ? '' : ' ')}</kbd>
      </button>
      <Suspense>
        {open === 'palette' && <Palette onClose={close} onShortcuts={() => setOpen('shortcuts')} />}
        {open === 'shortcuts' && <Shortcuts onClose={close} />}
      </Suspense>
    </>
  );
}

/** Agents and stacks one has opened, by the name their page gave them; in the memory of this page. */
function useRemembering(): void {
  const { crumbs, pathname } = useStore(placeStore);
  const [, noun, id] = pathname.split('/');
  const name = crumbs.at(-1)?.label;
  const isAgent = `/${noun}` === paths.fleet;
  const isStack = `/${noun}` === paths.stacks;
  const isNamed = id !== undefined && name !== undefined && name !== id && crumbs.length > 1;
  useEffect(() => {
    if (isNamed && (isAgent || isStack))
      visited({ kind: isAgent ? 'agent' : 'stack', href: isAgent ? paths.agent(id) : paths.stack(id), name });
  }, [isNamed, isAgent, isStack, id, name]);
}
