import { discardDraft as discardEndpoint, readDraft, saveDraft } from '#contract/drafts.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Stranding } from '#web/lib/draft-rest.ts';
import { expiryStore } from '#web/stores/expiry.ts';
import { draftOf, dropAllDrafts, dropDraft, patchDraft, putDraft } from '#web/stores/drafts.ts';
import { call } from './call.ts';

const afterLastKeyMs = 1000;
const atMostEveryMs = 5000;

interface Keeper {
  timer: ReturnType<typeof setTimeout> | undefined;
  /** When the oldest change that is not on the server was typed. */
  firstTypedAt: number | undefined;
  /** Calls about one draft run one after the other: a late save must not undo a discard. */
  last: Promise<void>;
}
async function after(last: Promise<void>, work: () => Promise<void>): Promise<void> {
  await last;
  await work();
}
const keepers = new Map<string, Keeper>();
function keeperOf(key: string): Keeper {
  const keeper = keepers.get(key) ?? { timer: undefined, firstTypedAt: undefined, last: Promise.resolve() };
  keepers.set(key, keeper);
  return keeper;
}

/** What is in the fields now: kept in the page at once, on the server 1 s after the last key and at most 5 s after the first. */
export function typeDraft(key: string, fields: Record<string, string>): void {
  const keeper = keeperOf(key);
  putDraft(key, { fields, rest: 'page', savedAt: draftOf(key)?.savedAt, restored: draftOf(key)?.restored ?? false });
  const now = Date.now();
  keeper.firstTypedAt ??= now;
  clearTimeout(keeper.timer);
  keeper.timer = setTimeout(() => flushDraft(key), Math.max(0, Math.min(afterLastKeyMs, keeper.firstTypedAt + atMostEveryMs - now)));
}

/** Sends what is not on the server yet; on blur and when the page hides. */
export function flushDraft(key: string): void {
  const keeper = keepers.get(key);
  if (keeper?.firstTypedAt === undefined) return;
  clearTimeout(keeper.timer);
  keeper.firstTypedAt = undefined;
  keeper.last = after(keeper.last, async () => {
    const entry = draftOf(key);
    if (entry === undefined) return;
    patchDraft(key, { rest: 'saving' });
    try {
      // Signed out there is nobody to keep it for.
      if (expiryStore.getState().expired) throw new ProblemError('sign_in_required', 'Nobody is signed in');
      const { savedAt } = await call(saveDraft, { body: { key, fields: { ...entry.fields } } });
      // Typed on meanwhile: that text is the page's only until its own save.
      patchDraft(key, keeper.firstTypedAt === undefined ? { rest: 'saved', savedAt } : { rest: 'page', savedAt });
    } catch (error) {
      if (draftOf(key) === undefined) return;
      const stranding = strandingOf(error);
      patchDraft(key, { rest: 'stranded', stranding });
      // That will be so until it is typed on.
      if (stranding === 'too_large') return;
      keeper.firstTypedAt ??= Date.now();
      clearTimeout(keeper.timer);
      keeper.timer = setTimeout(() => flushDraft(key), atMostEveryMs);
    }
  });
}
const strandings: Partial<Record<ProblemError['code'], Stranding>> = {
  sign_in_required: 'signed_out',
  console_unreachable: 'unreachable',
  body_too_large: 'too_large',
};
const strandingOf = (error: unknown): Stranding => (error instanceof ProblemError ? strandings[error.code] : undefined) ?? 'refused';

/** All of them; resolves when each is on the server or was refused. */
export async function flushDrafts(): Promise<void> {
  for (const key of keepers.keys()) flushDraft(key);
  await Promise.all(Array.from(keepers.values(), ({ last }) => last));
}

/** Brings the server's copy into the form; a field that was typed into meanwhile stays as it is. */
export async function restoreDraft(key: string, signal: AbortSignal): Promise<void> {
  if (draftOf(key) !== undefined) return patchDraft(key, { restored: true });
  await keepers.get(key)?.last;
  const { draft } = await call(readDraft, { query: { key } }, signal);
  if (draft === null || signal.aborted) return;
  const typed = draftOf(key);
  if (typed === undefined) return putDraft(key, { fields: draft.fields, rest: 'saved', savedAt: draft.savedAt, restored: true });
  typeDraft(key, { ...draft.fields, ...typed.fields }); // a save meanwhile may have put what was typed in the place of all of it
  patchDraft(key, { restored: true });
}

/**
 * Sent or given up: gone from the page now, from the server as soon as it answers.
 * @param sent what was sent: where something else was typed since, that stays
 * @returns whether it is gone
 */
export function discardDraft(key: string, sent?: Readonly<Record<string, string>>): boolean {
  const keeper = keeperOf(key);
  const known = draftOf(key);
  if (known && sent && Object.entries(known.fields).some(([name, value]) => value !== sent[name])) return false;
  clearTimeout(keeper.timer);
  keeper.firstTypedAt = undefined;
  dropDraft(key);
  if (known === undefined) return true;
  keeper.last = after(keeper.last, async () => {
    // It expires by itself after 7 days, should this fail.
    await call(discardEndpoint, { body: { key } }).catch(() => undefined);
  });
  return true;
}

let owner: string | undefined;
/** Drafts belong to a person: when another one signs in, or nobody is, what the page holds is dropped. @returns whether it changed hands */
export function ownDrafts(personId: string | undefined): boolean {
  const changed = owner !== undefined && owner !== personId;
  owner = personId;
  if (!changed) return false;
  for (const { timer } of keepers.values()) clearTimeout(timer);
  keepers.clear();
  dropAllDrafts();
  return true;
}

addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void flushDrafts();
});
addEventListener('pagehide', () => void flushDrafts());
