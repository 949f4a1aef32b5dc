import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { words } from '#web/lib/words/index.ts';
import { type Crumb, placeStore } from '#web/stores/place.ts';

/** Tells the frame which page this is: the last crumb is also the title of the tab. */
export function usePlace(...crumbs: Crumb[]): void {
  const text = JSON.stringify(crumbs);
  const { pathname } = useLocation();
  useEffect(() => {
    const place = JSON.parse(text) as Crumb[];
    placeStore.setState({ crumbs: place, pathname });
    document.title = words.shell.documentTitle(place.at(-1)?.label ?? '');
  }, [text, pathname]);
}
