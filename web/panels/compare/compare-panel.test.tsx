import { expect, test } from 'vitest';
import { compareRevisions, listRevisions, readRevision } from '#contract/revisions.ts';
import { listStacks } from '#contract/stacks.ts';
import { aPage, aRevision, aStack, stackId } from '#web/testing/builders.ts';
import { renderPanel } from '#web/testing/render-panel.tsx';
import { type Asked, stubConsole } from '#web/testing/stub-console.ts';
import { ComparePanel } from './compare-panel.tsx';

const older = aRevision({ id: 'a51b7a90-8f24-4d3c-a6be-0c9d2f1e8404', sequence: 17 });
const known = () =>
  stubConsole()
    .answers(listStacks, aPage([aStack()]))
    .answers(listRevisions, ({ query }: Asked) =>
      aPage(query.get('q') === '17' ? [older] : [aRevision()], { total: query.get('q') === '17' ? 1 : 321 }),
    )
    .answers(readRevision, ({ params }: Asked) => ({
      revision: params['revisionId'] === older.id ? older : aRevision(),
      stackId,
      stackName: 'ledger',
      yaml: '',
      resources: [],
    }))
    .answers(compareRevisions, {
      from: aRevision(),
      to: older,
      resources: [],
      addedLines: 0,
      removedLines: 0,
      truncated: false,
    });
const open = (at: string) => renderPanel(<ComparePanel />, { at, path: '/compare' });

test('with nothing chosen there is nothing to swap, and the button says so', async () => {
  known();
  const { screen } = await open('/compare');
  await expect.element(screen.getByRole('button', { name: 'Swap sides' })).toHaveAccessibleDescription('Choose a revision first.');
});

test('any of hundreds of revisions is found by its number', async () => {
  known();
  const { screen, router } = await open(`/compare?from=${aRevision().id}`);
  await expect.element(screen.getByText('The newest 1 of 321; type a number to find others.')).toBeVisible();
  await screen.getByLabelText('Revision').first().fill('17');
  await screen.getByRole('option', { name: /^17/ }).click();
  expect(router.state.location.search).toBe(`?from=${older.id}`);
});
