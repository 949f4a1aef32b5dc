import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { ProblemError } from '#contract/problem.ts';
import { readSession, setUp, signInToExplore, signInWithAccount, signInWithPak, type SignedIn, type SignedOut } from '#contract/session.ts';
import { newQueryClient } from '#web/api/query-client.ts';
import { setupRoute } from '#web/panels/setup/route.tsx';
import { sessionRenewed } from '#web/stores/expiry.ts';
import { aSession } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { signInRoute } from './route.tsx';
import { SignInAgain } from './sign-in-again.tsx';

const { signedIn: _in, person: _person, refusals: _refusals, endsAt: _ends, ...facts } = aSession('operator');
const signedOut: SignedOut = { ...facts, signedIn: false, ways: ['accounts', 'pak'], waysNote: null, explore: true, needsSetup: false };
const ada: SignedIn = { ...aSession('operator'), person: { id: 'account:1', name: 'ada', role: 'operator', verified: true } };
const somebody = ({ person }: SignedIn) => ({ person });
afterEach(() => {
  sessionRenewed();
  history.replaceState(null, '', location.pathname + location.search);
});

async function open(path: string) {
  const client = newQueryClient();
  const router = createMemoryRouter(
    [
      { path: '/sign-in', HydrateFallback: () => null, ...signInRoute(client) },
      { path: '/setup', HydrateFallback: () => null, ...setupRoute(client) },
      { path: '/kept', Component: () => <SignInAgain session={ada} /> },
      { path: '*', element: <p>inside</p> },
    ],
    { initialEntries: [path] },
  );
  const screen = await render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { screen, router };
}
/** From the first call on, whoever proves who they are is ada. */
const aConsole = () => {
  const stub = stubConsole().answers(readSession, signedOut);
  const admit = (answer: SignedIn) => () => {
    stub.answers(readSession, answer);
    return somebody(answer);
  };
  return { stub, admit };
};

test('a wrong password keeps the name, empties the password and says so beside it', async () => {
  const { stub } = aConsole();
  stub.answers(signInWithAccount, new ProblemError('sign_in_failed', 'no'));
  const { screen } = await open('/sign-in');
  await screen.getByRole('textbox', { name: 'Name' }).fill('ada');
  await screen.getByLabelText('Password', { exact: true }).fill('not the password');
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  const password = screen.getByLabelText('Password', { exact: true });
  await expect.element(password).toHaveAccessibleErrorMessage('The name or the password is wrong.');
  await expect.element(password).toHaveValue('');
  await expect.element(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('ada');
});

test('the right one leads where one wanted to go, and never to another origin', async () => {
  const { stub, admit } = aConsole();
  stub.answers(signInWithAccount, admit(ada));
  const { screen, router } = await open(`/sign-in?next=${encodeURIComponent('/fleet?sort=-name')}`);
  await screen.getByRole('textbox', { name: 'Name' }).fill('ada');
  await screen.getByLabelText('Password', { exact: true }).fill('correct horse battery');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText('inside')).toBeVisible();
  expect(router.state.location.pathname + router.state.location.search).toBe('/fleet?sort=-name');
  expect(stub.callsOf(signInWithAccount)[0]?.body).toEqual({ name: 'ada', password: 'correct horse battery' });

  stub.answers(readSession, ada);
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example']) {
    const { router: other } = await open(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect.poll(() => other.state.location.pathname).toBe('/');
  }
});

test('a broker key needs a name beside it; one of an agent is refused with the reason', async () => {
  const { stub } = aConsole();
  stub.answers(signInWithPak, new ProblemError('key_kind_refused', 'no'));
  const { screen } = await open('/sign-in');
  await screen.getByRole('button', { name: 'Broker key' }).click();
  const key = screen.getByLabelText('Broker key', { exact: true });
  await expect.element(key).toHaveAttribute('type', 'password');
  await key.fill('brokkr_BRagent_key');
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect.element(screen.getByRole('textbox', { name: 'Your name' })).toHaveAccessibleErrorMessage('Your name is needed.');
  expect(stub.callsOf(signInWithPak)).toEqual([]);
  await screen.getByRole('textbox', { name: 'Your name' }).fill('ada');
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect.element(key).toHaveAccessibleErrorMessage(/an agent’s key is for the agent/);
});

test('exploring is one press, and only what is offered is shown', async () => {
  const { stub, admit } = aConsole();
  stub.answers(signInToExplore, admit(aSession('viewer')));
  const { screen } = await open('/sign-in');
  await screen.getByRole('button', { name: 'Explore as viewer' }).click();
  await expect.element(screen.getByText('inside')).toBeVisible();

  stub.answers(readSession, { ...signedOut, ways: ['pak'], waysNote: 'no_service_credential', explore: false });
  const { screen: bare } = await open('/sign-in');
  await expect.element(bare.getByText(/no broker key of its own/)).toBeVisible();
  expect(bare.getByRole('button', { name: /Explore/ }).query()).toBeNull();
  expect(bare.getByRole('textbox', { name: 'Name' }).query()).toBeNull();
});

test('exploring that fails is a ticket like any other failure', async () => {
  const { stub } = aConsole();
  stub.answers(signInToExplore, new ProblemError('explore_unavailable', 'no'));
  const { screen } = await open('/sign-in');
  await screen.getByRole('button', { name: 'Explore as viewer' }).click();
  await expect
    .element(screen.getByRole('region', { name: /^Explore/ }).getByRole('alert'))
    .toMatchTextContent(/Not signed in to explore.*explore_unavailable.*rq_00000000000000aa.*Copy everything/);
});

test('over the page the same person signs in again: the name is fixed, and the way out says what it costs', async () => {
  const { stub, admit } = aConsole();
  stub.answers(signInWithAccount, admit(ada));
  const { screen, router } = await open('/kept');
  await expect.element(screen.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible();
  await expect.element(screen.getByRole('textbox', { name: 'Name' })).toHaveAttribute('readonly');
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('dialog')).toBeVisible();
  await screen.getByLabelText('Password', { exact: true }).fill('correct horse battery');
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(() => stub.callsOf(signInWithAccount).map(({ body }) => body))
    .toEqual([{ name: 'ada', password: 'correct horse battery' }]);
  expect(router.state.location.pathname).toBe('/kept');

  stub.answers(readSession, signedOut);
  await screen.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await expect.element(screen.getByText('Signed out after 30 min without activity.')).toBeVisible();
  expect(router.state.location.search).toBe('?next=%2Fkept');
});

const token = 'A'.repeat(43);
test('a one-time link leaves the address before anything is read, and is spent with the password', async () => {
  const { stub, admit } = aConsole();
  stub.answers(readSession, { ...signedOut, needsSetup: true }).answers(setUp, admit(aSession('admin')));
  history.replaceState(null, '', `${location.pathname}${location.search}#first=${token}`);
  const { screen } = await open('/setup');
  await expect.element(screen.getByRole('heading', { name: 'Create the first admin' })).toBeVisible();
  expect(location.href).not.toContain(token);
  await screen.getByRole('textbox', { name: 'Name' }).fill('ada');
  await screen.getByLabelText('New password').fill('short');
  await screen.getByRole('button', { name: 'Create and sign in' }).click();
  await expect.element(screen.getByLabelText('New password')).toHaveAccessibleErrorMessage('At least 12 characters.');
  await screen.getByLabelText('New password').fill('correct horse battery');
  await screen.getByLabelText('The same again').fill('correct horse battery');
  await screen.getByRole('button', { name: 'Create and sign in' }).click();
  await expect.element(screen.getByText('inside')).toBeVisible();
  expect(stub.callsOf(setUp).map(({ body }) => body)).toEqual([{ token, name: 'ada', password: 'correct horse battery' }]);
});

test('the link of an account asks for no name, whether or not there is an admin yet', async () => {
  const { stub, admit } = aConsole();
  stub.answers(readSession, { ...signedOut, needsSetup: true }).answers(setUp, admit(aSession('viewer')));
  history.replaceState(null, '', `${location.pathname}${location.search}#${token}`);
  const { screen } = await open('/setup');
  await expect.element(screen.getByRole('heading', { name: 'Set your password' })).toBeVisible();
  await expect.element(screen.getByRole('textbox', { name: 'Name' })).not.toBeInTheDocument();
  await screen.getByLabelText('New password').fill('correct horse battery');
  await screen.getByLabelText('The same again').fill('correct horse battery');
  await screen.getByRole('button', { name: 'Set and sign in' }).click();
  await expect.element(screen.getByText('inside')).toBeVisible();
  expect(stub.callsOf(setUp).map(({ body }) => body)).toEqual([{ token, password: 'correct horse battery' }]);
});

test('without a token the page says what is missing; a spent one is told with its request', async () => {
  const { stub } = aConsole();
  const { screen } = await open('/setup');
  await expect.element(screen.getByText('This address carries no link token')).toBeVisible();

  stub.answers(setUp, new ProblemError('link_spent', 'spent'));
  history.replaceState(null, '', `${location.pathname}${location.search}#${token}`);
  const { screen: spent } = await open('/setup');
  await spent.getByLabelText('New password').fill('correct horse battery');
  await spent.getByLabelText('The same again').fill('correct horse battery');
  await spent.getByRole('button', { name: 'Set and sign in' }).click();
  await expect.element(spent.getByRole('alert').getByText('This link has been used or has expired')).toBeVisible();
  await expect.element(spent.getByText('rq_00000000000000aa')).toBeVisible();
});
