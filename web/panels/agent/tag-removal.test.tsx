import { expect, test } from 'vitest';
import { readAgentLabels, removeAgentLabel } from '#contract/agent-tags.ts';
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
