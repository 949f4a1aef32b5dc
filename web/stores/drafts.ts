import { createStore } from 'zustand/vanilla';
import type { DraftRest, Stranding } from '#web/lib/draft-rest.ts';

export type DraftFields = Readonly<Record<string, string>>;
export interface DraftEntry {
  fields: DraftFields;
  rest: Exclude<DraftRest, 'none'>;
  /** Of a stranded one. */
  stranding?: Stranding;
  savedAt: string | undefined;
  /** It came back from the server or from an earlier visit to the form. */
  restored: boolean;
}

/** What people typed and did not send: outlives the form, never this page; the server's copy outlives both. */
export const draftStore = createStore<{ drafts: Readonly<Record<string, DraftEntry>> }>(() => ({ drafts: {} }));

export const draftOf = (key: string): DraftEntry | undefined => draftStore.getState().drafts[key];

export function putDraft(key: string, entry: DraftEntry): void {
  draftStore.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: entry } }));
}
export function patchDraft(key: string, change: Partial<DraftEntry>): void {
  const entry = draftOf(key);
  if (entry !== undefined) putDraft(key, { ...entry, ...change });
}
export function dropDraft(key: string): void {
  draftStore.setState(({ drafts }) => {
    const { [key]: _dropped, ...rest } = drafts;
    return { drafts: rest };
  });
}
export const dropAllDrafts = (): void => draftStore.setState({ drafts: {} });
