import { useEffect } from 'react';
import { useStore } from 'zustand';
import { discardDraft, flushDraft, restoreDraft, typeDraft } from '#web/api/drafts.ts';
import type { DraftRest, Stranding } from '#web/lib/draft-rest.ts';
import { draftStore } from '#web/stores/drafts.ts';

export interface FieldProps {
  name: string;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
}
export interface DraftOf<F> {
  values: F;
  /** Spread onto a field widget. */
  field: (name: keyof F & string) => FieldProps;
  set: (change: Partial<F>) => void;
  discard: () => void;
  /** Something differs from what the form began with. */
  isDirty: boolean;
  rest: DraftRest;
  stranding: Stranding | undefined;
  savedAt: string | undefined;
  restored: boolean;
}

/**
 * Keeps what is typed into a form: in the page at once, on the server shortly after, until it is sent or discarded.
 * Secret fields do not belong in it: keep those in `useState`.
 * @param key as `bff/contract/drafts.ts` has it, e.g. `agent/<id>/rename`
 * @param initial what the form is made on; it may be replaced by a newer version while the form is open
 */
export function useDraft<F extends Record<string, string>>(key: string, initial: F): DraftOf<F> {
  const entry = useStore(draftStore, ({ drafts }) => drafts[key]);
  useEffect(() => {
    const leaving = new AbortController();
    // A draft that cannot be read is a form that starts empty; typing goes on.
    restoreDraft(key, leaving.signal).catch(() => undefined);
    return () => {
      leaving.abort();
      flushDraft(key);
    };
  }, [key]);

  const values = { ...initial };
  for (const name of Object.keys(initial) as (keyof F & string)[]) {
    const typed = entry?.fields[name];
    if (typed !== undefined) values[name] = typed as F[typeof name];
  }
  const isDirty = Object.keys(initial).some((name) => values[name] !== initial[name]);

  const set = (change: Partial<F>) => {
    const next: F = { ...values, ...change };
    // Only what differs is typed: when what the form began with changes, the fields nobody touched follow it.
    const typed = Object.fromEntries(Object.entries(next).filter(([name, value]) => value !== initial[name]));
    if (Object.keys(typed).length === 0) discardDraft(key);
    else typeDraft(key, typed);
  };
  return {
    values,
    isDirty,
    set,
    field: (name) => ({
      name,
      value: values[name] ?? '',
      onChange: (value) => set({ [name]: value } as Partial<F>),
      onBlur: () => flushDraft(key),
    }),
    discard: () => discardDraft(key),
    rest: entry === undefined || !isDirty ? 'none' : entry.rest,
    stranding: entry?.stranding,
    savedAt: entry?.savedAt,
    restored: entry?.restored ?? false,
  };
}
