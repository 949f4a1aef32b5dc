import { expect, test } from 'vitest';
import { ProblemError } from '#contract/problem.ts';
import { signInToExplore } from '#contract/session.ts';
import { clearToasts, toastStore } from '#web/stores/toasts.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { PersonMenu } from './person-menu.tsx';

test('a role that could not be taken on is told, with all a ticket needs', async () => {
  clearToasts();
  stubConsole().answers(signInToExplore, new ProblemError('broker_unreachable', 'no broker'));
  const session = aSession('viewer');
  const explorer = { ...session, person: { ...session.person, id: 'explore:viewer' } };
  const { screen } = await renderPanel(<PersonMenu session={explorer} />, { at: '/fleet', path: '/fleet' });
  await screen.getByRole('button', { name: 'Test viewer, viewer' }).click();
  await screen.getByRole('menuitemradio', { name: 'Admin' }).click();
  await expect
    .poll(() => toastStore.getState().toasts)
    .toMatchObject([
      { kind: 'failure', title: 'Not signed in to explore', failure: { code: 'broker_unreachable', requestId: 'rq_00000000000000aa' } },
    ]);
});
