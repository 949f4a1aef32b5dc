import { createStore } from 'zustand/vanilla';

/** An agent or a stack that was open on this page. */
export interface Recent {
  kind: 'agent' | 'stack';
  href: string;
  name: string;
}
const kept = 6;
/** Where one has been, newest first; in this page's memory only. */
export const recentStore = createStore<{ recent: readonly Recent[] }>(() => ({ recent: [] }));

export function visited(place: Recent): void {
  recentStore.setState(({ recent }) => ({ recent: [place, ...recent.filter(({ href }) => href !== place.href)].slice(0, kept) }));
}
export const forgetVisits = (): void => recentStore.setState({ recent: [] });
