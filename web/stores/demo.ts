import { createStore } from 'zustand/vanilla';

/** Set while the broker and the console behind this page are made up in it: throws that world away and begins another. */
export const demoStore = createStore<{ startOver: (() => void) | undefined }>(() => ({ startOver: undefined }));
export const offerStartOver = (startOver: () => void): void => demoStore.setState({ startOver });
