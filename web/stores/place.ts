import { createStore } from 'zustand/vanilla';

export interface Crumb {
  label: string;
  /** Absent for the page one is on. */
  href?: string;
  /** An identifier of the broker. */
  mono?: boolean;
}
/** Where the person is: breadcrumb and title of the page; the screen that is shown says it. */
export const placeStore = createStore<{ crumbs: readonly Crumb[] }>(() => ({ crumbs: [] }));
