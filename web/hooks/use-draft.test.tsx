import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { discardDraft, readDraft, saveDraft } from '#contract/drafts.ts';
import { ProblemError } from '#contract/problem.ts';
import { ownDrafts } from '#web/api/drafts.ts';
import { dropAllDrafts } from '#web/stores/drafts.ts';
import { expiryStore } from '#web/stores/expiry.ts';
import { stubConsole } from '#web/testing/stub-console.ts';
import { typeAtOnce } from '#web/testing/type-at-once.ts';
import { DraftNote } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { useDraft } from './use-draft.ts';

const key = 'agent/00000000-0000-4000-8000-000000000001/rename';
function Rename({ cluster = 'eu-1' }) {
  const draft = useDraft(key, { name: 'edge-1', cluster });
  return (
    <>
      <TextField label="Name" {...draft.field('name')} />
      <TextField label="Cluster" {...draft.field('cluster')} />
      <DraftNote draft={draft} />
    </>
  );
}
const nothingKept = () =>
  stubConsole()
    .answers(readDraft, { draft: null })
    .answers(saveDraft, { savedAt: '2026-03-02T09:00:00.000Z' })
    .answers(discardDraft, { done: true });

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => {
  vi.useRealTimers();
  ownDrafts('nobody');
  ownDrafts(undefined);
  dropAllDrafts();
});
const name = (screen: Awaited<ReturnType<typeof render>>) => screen.getByRole('textbox', { name: 'Name' });

test('the server has what was typed one second after the last key, once', async () => {
  const stub = nothingKept();
  const screen = await render(<Rename />);
  typeAtOnce(name(screen), 'edge-2');
  await vi.advanceTimersByTimeAsync(900);
  typeAtOnce(name(screen), 'edge-22');
  await vi.advanceTimersByTimeAsync(999);
  expect(stub.callsOf(saveDraft)).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(stub.callsOf(saveDraft).map(({ body }) => body)).toEqual([{ key, fields: { name: 'edge-22' } }]);
  await expect.element(screen.getByText(/Draft kept at/)).toBeVisible();
});

test('somebody who never stops typing is kept every five seconds', async () => {
  const stub = nothingKept();
  const screen = await render(<Rename />);
  for (let count = 0; count < 12; count++) {
    typeAtOnce(name(screen), `edge-${count}0`);
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(stub.callsOf(saveDraft)).toHaveLength(1);
});

test('leaving the field, leaving the form and hiding the page keep it at once', async () => {
  const stub = nothingKept();
  const screen = await render(<Rename />);
  await name(screen).fill('edge-2');
  name(screen).element().blur();
  await expect.poll(() => stub.callsOf(saveDraft).length).toBe(1);
  await name(screen).fill('edge-3');
  await screen.unmount();
  await expect.poll(() => stub.callsOf(saveDraft).length).toBe(2);
  const again = await render(<Rename />);
  await name(again).fill('edge-4');
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  dispatchEvent(new Event('visibilitychange'));
  await expect.poll(() => stub.callsOf(saveDraft).length).toBe(3);
  vi.restoreAllMocks();
});

test('a form that comes back has what was typed: from the page at once, from the server after a reload', async () => {
  const stub = nothingKept();
  const screen = await render(<Rename />);
  await name(screen).fill('edge-2');
  await screen.unmount();
  const again = await render(<Rename />);
  await expect.element(name(again)).toHaveValue('edge-2');
  await again.unmount();

  dropAllDrafts(); // as a reload does
  stub.answers(readDraft, { draft: { key, fields: { name: 'edge-9' }, savedAt: '2026-03-02T09:00:00.000Z' } });
  const reloaded = await render(<Rename />);
  await expect.element(name(reloaded)).toHaveValue('edge-9');
  await expect.element(reloaded.getByRole('textbox', { name: 'Cluster' })).toHaveValue('eu-1');
  await expect.element(reloaded.getByText(/What you typed is back/)).toBeVisible();
});

test('a newer version under the form changes the fields nobody touched, and only those', async () => {
  nothingKept();
  const screen = await render(<Rename />);
  await name(screen).fill('edge-2');
  await screen.rerender(<Rename cluster="eu-9" />);
  await expect.element(screen.getByRole('textbox', { name: 'Cluster' })).toHaveValue('eu-9');
  await expect.element(name(screen)).toHaveValue('edge-2');
});

test('a field typed into, and saved, while the kept draft is being read stays as it is; the others come back and are kept again', async () => {
  const answer = Promise.withResolvers<unknown>();
  const stub = nothingKept().answers(readDraft, () => answer.promise);
  const screen = await render(<Rename />);
  typeAtOnce(name(screen), 'edge-2');
  await vi.advanceTimersByTimeAsync(1000);
  expect(stub.callsOf(saveDraft).map(({ body }) => body)).toEqual([{ key, fields: { name: 'edge-2' } }]);
  answer.resolve({ draft: { key, fields: { name: 'old', cluster: 'eu-7' }, savedAt: '2026-03-02T08:00:00.000Z' } });
  await vi.advanceTimersByTimeAsync(10);
  await expect.element(screen.getByRole('textbox', { name: 'Cluster' })).toHaveValue('eu-7');
  await expect.element(name(screen)).toHaveValue('edge-2');
  await vi.advanceTimersByTimeAsync(1000);
  expect(stub.callsOf(saveDraft).at(-1)?.body).toEqual({ key, fields: { name: 'edge-2', cluster: 'eu-7' } });
});

test.for([
  ['console_unreachable', 'What you type lives in this page only until the console can be reached again.'],
  ['store_unavailable', 'The console cannot keep drafts now: what you type lives in this page only until it can.'],
  ['sign_in_required', 'What you type lives in this page only until you sign in again.'],
] as const)(
  'refused with %s, the form says why the text lives in this page only, and gives it over as soon as it can',
  async ([code, why]) => {
    const stub = nothingKept().answers(saveDraft, new ProblemError(code, 'no'));
    const screen = await render(<Rename />);
    await name(screen).fill('edge-2');
    await vi.advanceTimersByTimeAsync(1000);
    await expect.element(screen.getByText(why)).toBeVisible();
    expiryStore.setState({ expired: false }); // somebody signed in
    stub.answers(saveDraft, { savedAt: '2026-03-02T09:00:00.000Z' });
    await vi.advanceTimersByTimeAsync(5000);
    await expect.element(screen.getByText(/Draft kept at/)).toBeVisible();
  },
);

test('more than a draft may hold is said to live in this page only, and is not sent again until it is typed on', async () => {
  const stub = nothingKept().answers(saveDraft, new ProblemError('body_too_large', 'no'));
  const screen = await render(<Rename />);
  await name(screen).fill('edge-2');
  await vi.advanceTimersByTimeAsync(1000);
  await expect.element(screen.getByText('This is more than a draft may hold: it lives in this page only.')).toBeVisible();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(stub.callsOf(saveDraft)).toHaveLength(1);
});

test('a discard is the last word: a save still under way does not bring the draft back', async () => {
  const saving = Promise.withResolvers<unknown>();
  const order: string[] = [];
  const stub = nothingKept()
    .answers(saveDraft, async () => {
      await saving.promise;
      order.push('saved');
      return { savedAt: '2026-03-02T09:00:00.000Z' };
    })
    .answers(discardDraft, () => {
      order.push('discarded');
      return { done: true };
    });
  const screen = await render(<Rename />);
  await name(screen).fill('edge-2');
  await vi.advanceTimersByTimeAsync(1000);
  await screen.getByRole('button', { name: 'Discard draft' }).click();
  await expect.element(name(screen)).toHaveValue('edge-1');
  saving.resolve(undefined);
  await expect.poll(() => stub.callsOf(discardDraft).length).toBe(1);
  await expect.poll(() => order).toEqual(['saved', 'discarded']);
});

test('typed back to where it began, nothing is left to keep', async () => {
  const stub = nothingKept();
  const screen = await render(<Rename />);
  await name(screen).fill('edge-2');
  await vi.advanceTimersByTimeAsync(1000);
  await name(screen).fill('edge-1');
  await expect.poll(() => stub.callsOf(discardDraft).length).toBe(1);
  expect(screen.getByRole('button', { name: 'Discard draft' }).query()).toBeNull();
});

test('another person gets nothing of it', async () => {
  nothingKept();
  ownDrafts('account:ada');
  const screen = await render(<Rename />);
  await name(screen).fill('edge-2');
  await screen.unmount();
  ownDrafts('account:jonas');
  const theirs = await render(<Rename />);
  await expect.element(name(theirs)).toHaveValue('edge-1');
});
