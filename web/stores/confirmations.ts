import { createStore } from 'zustand/vanilla';

export interface Question {
  title: string;
  body: string;
  /** What going on is called; staying is the safe side. */
  go: string;
  stay: string;
}
interface Asked extends Question {
  answer(go: boolean): void;
}
export const confirmationStore = createStore<{ asked: Asked | undefined }>(() => ({ asked: undefined }));

/** Asks in a dialog over the page; a second question while one is open is answered "stay". */
export function ask(question: Question): Promise<boolean> {
  if (confirmationStore.getState().asked !== undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const answer = (go: boolean) => {
      confirmationStore.setState({ asked: undefined });
      resolve(go);
    };
    confirmationStore.setState({ asked: { ...question, answer } });
  });
}
