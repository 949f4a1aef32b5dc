import { expect, test } from 'vitest';
import { compareRevisions, listRevisions, readRevision } from '#contract/revisions.ts';
import { listStacks } from '#contract/stacks.ts';
import { aPage, aRevision, aStack, stackId } from '#web/testing/builders.ts';
import { renderPanel } from '#web/testing/render-panel.tsx';
import { type Asked, stubConsole } from '#web/testing/stub-console.ts';
import { ComparePanel } from './compare-panel.tsx';

const [older, newer] = [aRevision({ id: 'a51b7a90-8f24-4d3c-a6be-0c9d2f1e8404', sequence: 4131 }), aRevision()];
const aConsole = () =>
  stubConsole()
    .answers(listStacks, aPage([aStack()]))
    .answers(listRevisions, aPage([newer, older]))
    .answers(readRevision, ({ params }: Asked) => ({
      revision: params['revisionId'] === older.id ? older : newer,
      stackId,
      stackName: 'ledger',
      yaml: '',
      resources: [],
    }))
    .answers(compareRevisions, { from: older, to: newer, resources: [], addedLines: 0, removedLines: 0, truncated: false });
const open = (search: string) => renderPanel(<ComparePanel />, { at: `/compare${search}`, path: '/compare' });

test('a revision that is picked goes into the address, and the focus stays where it was picked', async () => {
  aConsole();
  const { screen, router } = await open(`?from=${older.id}`);
  const after = screen.getByRole('region', { name: 'After' });
  await after.getByRole('combobox', { name: 'Stack' }).click();
  await screen.getByRole('option', { name: 'ledger' }).click();
  const revision = after.getByRole('combobox', { name: 'Revision' });
  await revision.click();
  await screen.getByRole('option', { name: /^4182/ }).click();
  await expect.poll(() => router.state.location.search).toBe(`?from=${older.id}&to=${newer.id}`);
  await expect.element(revision).toHaveValue('4182');
  await expect.element(revision).toHaveFocus();
  await expect.element(screen.getByText('Nothing differs')).toBeVisible();
});

test('swapped sides show the revisions of the other', async () => {
  aConsole();
  const { screen, router } = await open(`?from=${older.id}&to=${newer.id}`);
  const shown = (side: string) => screen.getByRole('region', { name: side }).getByRole('combobox', { name: 'Revision' });
  await expect.element(shown('Before')).toHaveValue('4131');
  await screen.getByRole('button', { name: 'Swap sides' }).click();
  await expect.element(shown('Before')).toHaveValue('4182');
  await expect.element(shown('After')).toHaveValue('4131');
  expect(router.state.location.search).toBe(`?from=${newer.id}&to=${older.id}`);
});
