import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addAgentLabel, readAgentLabels, removeAgentLabel } from '#contract/agent-tags.ts';
import { ProblemError } from '#contract/problem.ts';
import { listReachReasons } from '#contract/reach.ts';
import { anAgent, stackId, wholeFleet } from '#web/testing/builders.ts';
import { renderPanel } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { LabelsTab } from './labels-tab.tsx';

const labels = (items: string[]) => ({ items, etag: '"set-1"', asOf: new Date().toISOString(), ageMs: 0 });
const open = () => renderPanel(<LabelsTab agent={anAgent()} />, { at: '/fleet/x', path: '/fleet/:agentId' });

test('tells which stacks leave with a label before it goes, and lets it go only then', async () => {
  const stub = stubConsole()
    .answers(readAgentLabels, labels(['zone:b']))
    .answers(listReachReasons, { stacks: [{ stackId, name: 'ledger', reasons: [{ by: 'label', label: 'zone:b' }] }], coverage: wholeFleet })
    .answers(removeAgentLabel, labels([]));
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Remove zone:b' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Remove zone:b from edge-runner?' });
  await expect.element(dialog).toMatchTextContent(/ledger no longer reaches it: on a later poll it deletes what it applied/);
  expect(stub.callsOf(removeAgentLabel)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await expect.element(screen.getByRole('button', { name: 'Undo the removal of zone:b' })).toBeVisible();
  await expect.element(dialog).not.toBeInTheDocument();
});

test('asks where nobody can tell what hangs on it', async () => {
  const stub = stubConsole()
    .answers(readAgentLabels, labels(['zone:b']))
    .answers(listReachReasons, new ProblemError('broker_unreachable', 'no broker'));
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Remove zone:b' }).click();
  await expect.element(screen.getByRole('dialog')).toMatchTextContent(/was not read/);
  await screen.getByRole('button', { name: 'Keep it' }).click();
  await expect.element(screen.getByRole('button', { name: 'Remove zone:b' })).toBeVisible();
  expect(stub.callsOf(removeAgentLabel)).toEqual([]);
});

test('a reading that began before a change does not bring the old set back, nor the entity tag that would refuse the next', async () => {
  const { promise: late, resolve: answerLate } = Promise.withResolvers<object>();
  const stub = stubConsole()
    .answers(readAgentLabels, labels(['zone:b']))
    .answers(listReachReasons, { stacks: [], coverage: wholeFleet })
    .answers(addAgentLabel, { ...labels(['zone:b', 'tier:gold']), etag: '"set-2"' });
  const { screen } = await open();
  await expect.element(screen.getByRole('button', { name: 'Remove zone:b' })).toBeVisible();
  stub.answers(readAgentLabels, () => late);
  await screen.getByRole('button', { name: 'Read again' }).click();
  await expect.poll(() => stub.callsOf(readAgentLabels).length).toBe(2);
  await screen.getByRole('textbox', { name: 'Label' }).fill('tier:gold');
  await screen.getByRole('button', { name: 'Add label' }).click();
  await expect.element(screen.getByRole('button', { name: 'Remove tier:gold' })).toBeVisible();
  answerLate(labels(['zone:b']));
  stub.answers(removeAgentLabel, labels(['zone:b']));
  await screen.getByRole('button', { name: 'Remove tier:gold' }).click();
  await expect.element(screen.getByRole('button', { name: 'Undo the removal of tier:gold' })).toBeVisible();
  expect(stub.callsOf(removeAgentLabel)[0]?.headers.get('if-match')).toBe('"set-2"');
});

test('while one change is under way the others wait, and say why', async () => {
  const { promise: slow, resolve: answer } = Promise.withResolvers<object>();
  const stub = stubConsole()
    .answers(readAgentLabels, labels(['tier:gold', 'zone:b']))
    .answers(listReachReasons, { stacks: [], coverage: wholeFleet })
    .answers(removeAgentLabel, () => slow);
  const { screen } = await open();
  await expect.poll(() => stub.callsOf(listReachReasons).length).toBeGreaterThan(0);
  await screen.getByRole('button', { name: 'Remove tier:gold' }).click();
  const other = screen.getByRole('button', { name: 'Remove zone:b' });
  await expect.element(other).toHaveAccessibleDescription('Another change of this set is under way.');
  await other.click({ force: true });
  answer(labels(['zone:b']));
  await expect.element(screen.getByRole('button', { name: 'Undo the removal of tier:gold' })).toBeVisible();
  expect(stub.callsOf(removeAgentLabel).map(({ body }) => body)).toEqual([{ label: 'tier:gold' }]);
});

test('the focus goes from the label that was taken off to its way back, and from there to the label', async () => {
  let items = ['tier:gold', 'zone:b'];
  const stub = stubConsole()
    .answers(readAgentLabels, () => labels(items))
    .answers(listReachReasons, { stacks: [], coverage: wholeFleet })
    .answers(removeAgentLabel, () => labels((items = ['zone:b'])))
    .answers(addAgentLabel, () => labels((items = ['tier:gold', 'zone:b'])));
  const { screen } = await open();
  await expect.poll(() => stub.callsOf(listReachReasons).length).toBeGreaterThan(0);
  await screen.getByRole('button', { name: 'Remove tier:gold' }).click();
  await expect.element(screen.getByRole('button', { name: 'Undo the removal of tier:gold' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('button', { name: 'Remove tier:gold' })).toHaveFocus();
});

test('a label that could not be taken off stays, with no way back to offer', async () => {
  const stub = stubConsole()
    .answers(readAgentLabels, labels(['zone:b']))
    .answers(listReachReasons, { stacks: [], coverage: wholeFleet })
    .answers(removeAgentLabel, new ProblemError('broker_refused', 'no'));
  const { screen, client } = await open();
  await expect.poll(() => stub.callsOf(listReachReasons).length).toBeGreaterThan(0);
  await screen.getByRole('button', { name: 'Remove zone:b' }).click();
  await expect.poll(() => stub.callsOf(removeAgentLabel).length).toBe(1);
  await expect.poll(() => client.isMutating()).toBe(0);
  stub.answers(readAgentLabels, labels([])); // somebody else takes it off
  await client.refetchQueries();
  await expect.element(screen.getByText('No labels')).toBeVisible();
});
