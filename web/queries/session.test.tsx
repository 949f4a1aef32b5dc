import { QueryClientProvider, QueryObserver, useQuery } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { ProblemError } from '#contract/problem.ts';
import { readSession, type Session, signInToExplore, type SignedOut } from '#contract/session.ts';
import { ownDrafts } from '#web/api/drafts.ts';
import { newQueryClient } from '#web/api/query-client.ts';
import { explain } from '#web/lib/failure.ts';
import { expiryStore, sessionExpired, sessionRenewed } from '#web/stores/expiry.ts';
import { forgetVisits, recentStore, visited } from '#web/stores/recent.ts';
import { clearToasts, toastFailure, toastStore } from '#web/stores/toasts.ts';
import { aSession } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { sessionQuery, useForgetPerson, useSignIn } from './session.ts';

const [ada, jonas] = (['viewer', 'operator'] as const).map((role) => aSession(role)) as [Session, Session];
const { person: _person, refusals: _refusals, endsAt: _ends, ...facts } = aSession();
const signedOut: SignedOut = { ...facts, signedIn: false, ways: [], waysNote: null, explore: true, needsSetup: false };
const told = (session: Session | undefined) =>
  session === undefined ? 'not read' : `${session.signedIn ? session.person.name : 'nobody'} of ${session.environment}`;

const forget = () => {
  ownDrafts('nobody');
  ownDrafts(undefined);
  forgetVisits();
  clearToasts();
  sessionRenewed();
};
beforeEach(forget);
afterEach(forget);

function Door() {
  const session = useQuery(sessionQuery);
  const signIn = useSignIn();
  const leave = useForgetPerson();
  return (
    <>
      <p>{told(session.data)}</p>
      <button type="button" onClick={() => signIn.mutate({ way: 'explore', role: 'operator' })}>
        enter
      </button>
      <button type="button" onClick={leave}>
        forget
      </button>
    </>
  );
}
let client = newQueryClient();
function open() {
  client = newQueryClient();
  return render(
    <QueryClientProvider client={client}>
      <Door />
    </QueryClientProvider>,
  );
}
const comeBack = () => dispatchEvent(new Event('visibilitychange'));
const leaveTraces = () => {
  visited({ kind: 'agent', href: '/fleet/x', name: 'edge-runner' });
  toastFailure('Not renamed', explain(new ProblemError('conflict', 'taken')));
};
const traces = () => [recentStore.getState().recent.length, toastStore.getState().toasts.length];

test('a session that was being read when one signed in does not answer for it', async () => {
  const { promise: late, resolve: answerLate } = Promise.withResolvers<Session>();
  const stub = stubConsole()
    .answers(readSession, signedOut)
    .answers(signInToExplore, { person: ada.signedIn && ada.person });
  const screen = await open();
  await expect.element(screen.getByText('nobody of test')).toBeVisible();
  stub.answers(readSession, () => late);
  comeBack();
  await expect.poll(() => stub.callsOf(readSession).length).toBe(2);
  stub.answers(readSession, jonas);
  await screen.getByRole('button', { name: 'enter' }).click();
  await expect.poll(() => stub.callsOf(signInToExplore).length).toBe(1);
  answerLate(signedOut);
  await expect.element(screen.getByText('Test operator of test')).toBeVisible();
});

test('who is signed in is asked whenever one comes back to the page: it may have been changed in another tab', async () => {
  const stub = stubConsole().answers(readSession, ada);
  const screen = await open();
  await expect.element(screen.getByText('Test viewer of test')).toBeVisible();
  stub.answers(readSession, jonas);
  comeBack();
  await expect.element(screen.getByText('Test operator of test')).toBeVisible();
});

test('what one person visited and was told is not for the next, who signed in in another tab', async () => {
  const stub = stubConsole().answers(readSession, ada);
  const screen = await open();
  await expect.element(screen.getByText('Test viewer of test')).toBeVisible();
  leaveTraces();
  stub.answers(readSession, { ...ada, environment: 'another' });
  comeBack();
  await expect.element(screen.getByText('Test viewer of another')).toBeVisible();
  expect(traces()).toEqual([1, 1]);
  stub.answers(readSession, jonas);
  comeBack();
  await expect.element(screen.getByText('Test operator of test')).toBeVisible();
  expect(traces()).toEqual([0, 0]);
});

test('nor for whoever comes after one has left', async () => {
  stubConsole().answers(readSession, ada);
  const screen = await open();
  leaveTraces();
  await screen.getByRole('button', { name: 'forget' }).click();
  expect(traces()).toEqual([0, 0]);
});

test('who signed in again in another tab is asked here no longer, and all that could not be read is read', async () => {
  const stub = stubConsole().answers(readSession, signedOut);
  const screen = await open();
  await expect.element(screen.getByText('nobody of test')).toBeVisible();
  sessionExpired();
  const read = vi.fn<() => Promise<string>>().mockResolvedValue('rows');
  const observer = new QueryObserver(client, { queryKey: ['rows'], queryFn: read });
  onTestFinished(observer.subscribe(() => undefined));
  await expect.poll(() => read.mock.calls.length).toBe(1);
  stub.answers(readSession, ada);
  comeBack();
  await expect.element(screen.getByText('Test viewer of test')).toBeVisible();
  expect(expiryStore.getState().expired).toBe(false);
  await expect.poll(() => read.mock.calls.length).toBe(2);
});
