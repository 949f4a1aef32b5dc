import { createStore } from 'zustand/vanilla';

/** Set once a call was answered "sign in first" while somebody was signed in; the page stays and asks over itself. */
export const expiryStore = createStore<{ expired: boolean }>(() => ({ expired: false }));
export const sessionExpired = (): void => expiryStore.setState({ expired: true });
export const sessionRenewed = (): void => expiryStore.setState({ expired: false });
