import { createStore } from 'zustand/vanilla';

export interface Crumb {
  label: string;
  /** Absent for the page one is on. */
  href?: string;
  /** An identifier of the broker. */
  mono?: boolean;
}
export interface Place {
  crumbs: readonly Crumb[];
  /** Of the page that says so: while the next one is on its way, the address is ahead of it. */
  pathname: string;
}
/** Where the person is: breadcrumb and title of the page; the screen that is shown says it. */
export const placeStore = createStore<Place>(() => ({ crumbs: [], pathname: '' }));
