import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { useStore } from 'zustand';
import { ProblemError } from '#contract/problem.ts';
import { newQueryClient } from '#web/api/query-client.ts';
import { explain } from '#web/lib/failure.ts';
import { clearToasts, dismissToast, toastFailure, toastStore, toastSuccess } from '#web/stores/toasts.ts';
import { Toasts } from './toasts.tsx';

function All() {
  return <Toasts toasts={useStore(toastStore).toasts} onDismiss={dismissToast} />;
}
const down = () => explain(new ProblemError('broker_unreachable', 'no', { request_id: 'rq_0123456789abcdef' }));

test('the same cause is one toast with its count; a storm never has more than five', async () => {
  clearToasts();
  const screen = await render(<All />);
  for (let i = 0; i < 3; i++) toastFailure('Label not added', down());
  await expect.element(screen.getByText('3 times, same cause')).toBeVisible();
  expect(screen.getByText('Label not added').elements()).toHaveLength(1);
  for (let i = 0; i < 20; i++) toastFailure(`Failure ${i}`, down());
  expect(toastStore.getState().toasts).toHaveLength(5);
});

test('a success gives way, a failure stays until dismissed', async () => {
  clearToasts();
  const screen = await render(<All />);
  toastFailure('Label not added', down());
  for (let i = 0; i < 10; i++) toastSuccess(`Label ${i} added`);
  await expect.element(screen.getByRole('alert').getByText('Label not added')).toBeVisible();
  await expect.element(screen.getByText('broker_unreachable, rq_0123456789abcdef')).toBeVisible();
  await screen.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
  expect(screen.getByText('Label not added').query()).toBeNull();
});

const fail = async (error: Error) => {
  clearToasts();
  const client = newQueryClient();
  const mutation = client.getMutationCache().build(client, {
    mutationFn: async () => {
      throw error;
    },
    meta: { failure: 'Not renamed' },
  });
  await expect(mutation.execute(undefined)).rejects.toBe(error);
  return toastStore.getState().toasts;
};

test('a failed write is told by its title; what is told beside a field, or by the sign-in, is not told twice', async () => {
  expect(await fail(new ProblemError('broker_unreachable', 'no'))).toMatchObject([{ title: 'Not renamed', kind: 'failure' }]);
  expect(await fail(new ProblemError('conflict', 'taken', { errors: [{ path: 'name', code: 'taken', message: 'taken' }] }))).toEqual([]);
  expect(await fail(new ProblemError('sign_in_required', 'who'))).toEqual([]);
});
