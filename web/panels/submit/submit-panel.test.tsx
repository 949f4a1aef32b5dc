import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ProblemError } from '#contract/problem.ts';
import { saveDraft } from '#contract/drafts.ts';
import { compareRevisions, maxYamlBytes, previewSubmission, readRevision, type ResourceDiff, submitRevision } from '#contract/revisions.ts';
import { listReachedAgents } from '#contract/reach.ts';
import { readStack, type Revision, type StackDetail } from '#contract/stacks.ts';
import { draftStore } from '#web/stores/drafts.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { type Asked, stubConsole } from '#web/testing/stub-console.ts';
import { SubmitPanel } from './submit-panel.tsx';

const stackId = 'c4a8f0de-35b1-4e6a-b2d9-60e1b7d4f303';
const revisionId = (sequence: number) => `e51b7a90-8f24-4d3c-a6be-0000000${sequence + 10_000}`;
const aRevision = (sequence: number): Revision => ({
  id: revisionId(sequence),
  sequence,
  submittedAt: '2026-03-02T09:11:58.730Z',
  ageMs: 208_000,
  isDeletionMarker: false,
  checksum: '294817028745accebccdf5ffee2cebc035d06a5c1da4b14b191c3bac838aa33c',
  bytes: 120,
});
const yamlOf = (mode: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ledger-flags\n  namespace: payments\ndata:\n  MODE: "${mode}"\n`;
const aStack = (current: Revision | null): StackDetail => ({
  stack: {
    id: stackId,
    name: 'ledger',
    description: null,
    generatorId: stackId,
    generatorName: 'ci',
    createdAt: '2026-02-11T10:04:55.118Z',
    updatedAt: '2026-02-11T10:04:55.118Z',
    reached: 38,
    etag: '"1"',
  },
  current,
  revisions: 3,
  rollUp: { failed: 3, failing: 0, degraded: 0, silent: 0, stale: 1, pending: 4, unconfirmed: 5, healthy: 25 },
  clusters: 5,
  coverage: { known: 1204, total: 1204, oldestMs: 60_000 },
  asOf: new Date().toISOString(),
  ageMs: 0,
});
const aDiff = (from: Revision | null): ResourceDiff => ({
  from,
  to: null,
  resources: [
    {
      resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'payments', name: 'ledger-flags' },
      change: 'changed',
      addedLines: 1,
      removedLines: 1,
      lines: [
        { kind: 'removed', before: 7, after: null, text: '  MODE: "canary"', words: [9, 15] },
        { kind: 'added', before: null, after: 7, text: '  MODE: "steady"', words: [9, 15] },
      ],
    },
  ],
  addedLines: 1,
  removedLines: 1,
  truncated: false,
});

function aConsole(current: Revision | null = aRevision(4182)) {
  const stub = stubConsole()
    .answers(readStack, aStack(current))
    .answers(readRevision, ({ params }: Asked) => {
      const sequence = Number(params['revisionId']?.slice(-5)) - 10_000;
      return {
        revision: aRevision(sequence),
        stackId,
        stackName: 'ledger',
        yaml: yamlOf(sequence === 4182 ? 'canary' : 'old'),
        resources: [],
      };
    })
    .answers(compareRevisions, aDiff(aRevision(4182)))
    .answers(previewSubmission, {
      diff: aDiff(current),
      based: current,
      reached: 38,
      clusters: 5,
      rollUp: null,
      coverage: aStack(current).coverage,
      asOf: new Date().toISOString(),
    })
    .answers(submitRevision, aRevision(4183));
  return stub;
}
const open = (search = '', session = aSession()) =>
  renderPanel(<SubmitPanel />, { at: `/stacks/${stackId}/submit${search}`, path: '/stacks/:stackId/submit', session });
type Screen = Awaited<ReturnType<typeof open>>['screen'];
const editorOf = (screen: Screen) => screen.getByRole('textbox', { name: 'YAML of the new revision' });
/** As a person does: what the editor knows to be selected is what is replaced. */
async function write(screen: Screen, text: string): Promise<void> {
  await editorOf(screen).click();
  await userEvent.keyboard('{Control>}a{/Control}');
  await editorOf(screen).fill(text);
}
const buttonOf = (screen: Screen) => screen.getByRole('button', { name: 'Submit to 38 agents' });
const lastDraft = (stub: ReturnType<typeof stubConsole>, key: string) =>
  stub
    .callsOf(saveDraft)
    .map(({ body }) => body as { key: string; fields: Record<string, string> })
    .filter((body) => body.key === key)
    .at(-1)?.fields;
const ready = (screen: Screen) => expect.element(buttonOf(screen)).not.toHaveAttribute('aria-disabled');

test('begins with the current text, lists its documents, and says what it changes and whom it reaches', async () => {
  aConsole();
  const { screen } = await open();
  await expect.element(editorOf(screen)).toMatchTextContent(/name: ledger-flags/);
  await expect.element(screen.getByRole('region', { name: 'Documents' })).toMatchTextContent(/ConfigMap payments\/ledger-flags.*line 1/);
  const changes = screen.getByRole('region', { name: 'Changes from 4182' }).first();
  await expect.element(changes).toMatchTextContent(/0 added, 1 changed, 0 removed/);
  await expect.element(changes.getByText('canary')).toBeVisible();
  await expect
    .element(screen.getByRole('region', { name: 'Reaches' }))
    .toMatchTextContent(/38 agents in 5 clusters.*refused 4182; asked again, as this is new3.*healthy, by fresh records25/);
});

test('bad YAML is told at its line, keeps the text, and is not sent', async () => {
  const stub = aConsole();
  const { screen } = await open();
  await write(screen, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: x\n');
  await expect.element(screen.getByText('YAML indents with spaces, never with tabs.', { exact: true })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '1 error, line 4' })).toBeVisible();
  await expect.element(editorOf(screen)).toHaveAttribute('aria-invalid', 'true');
  await expect.element(buttonOf(screen)).toHaveAccessibleDescription('The text has an error in line 4.');
  await buttonOf(screen).click({ force: true });
  expect(stub.callsOf(submitRevision)).toEqual([]);
  await screen.getByRole('button', { name: '1 error, line 4' }).click();
  await expect.element(editorOf(screen)).toHaveFocus();
});

test('where nothing is written yet nothing is wrong: the button says what is missing', async () => {
  aConsole(null);
  const { screen } = await open();
  await expect.element(screen.getByText('Nothing to compare yet: write or paste YAML, or upload or drop a file.')).toBeVisible();
  await expect.element(screen.getByRole('region', { name: 'Warnings' })).toMatchTextContent('none');
  await expect.element(screen.getByRole('button', { name: 'Submit to 38 agents' })).toHaveAccessibleDescription('There is no text yet.');
  expect(screen.getByText(/error, line/).elements()).toEqual([]);
});

test('a double click and Ctrl Enter make one call, on the revision that was reviewed', async () => {
  const stub = aConsole();
  const { screen, router } = await open();
  await write(screen, yamlOf('steady'));
  await ready(screen);
  await buttonOf(screen).dblClick();
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(router.state.location.pathname).toBe(`/stacks/${stackId}`);
  const [call, ...others] = stub.callsOf(submitRevision);
  expect(others).toEqual([]);
  expect(call?.headers.get('if-match')).toBe(`"${revisionId(4182)}"`);
  expect(call?.body).toEqual({ yaml: yamlOf('steady') });
});

test('Ctrl Enter sends from within the editor; Escape, then Tab leaves it', async () => {
  const stub = aConsole();
  const { screen } = await open();
  await ready(screen);
  await editorOf(screen).click();
  await userEvent.keyboard('{Escape}{Tab}');
  await expect.element(editorOf(screen)).not.toHaveFocus();
  await editorOf(screen).click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(stub.callsOf(submitRevision)).toHaveLength(1);
});

test('nothing is sent before what it changes has been shown; where that cannot be told one may still send', async () => {
  const { promise: told, resolve: tell } = Promise.withResolvers<ProblemError>();
  const stub = aConsole();
  const { screen } = await open();
  await ready(screen);
  stub.answers(previewSubmission, () => told);
  await write(screen, yamlOf('steady'));
  await expect.element(buttonOf(screen)).toHaveAccessibleDescription('What it changes is still being compared.');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(stub.callsOf(submitRevision)).toEqual([]);
  tell(new ProblemError('broker_timeout', 'late'));
  await ready(screen);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(stub.callsOf(submitRevision)).toHaveLength(1);
});

const fileOf = (bytes: number) => {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n# ';
  return new File([head, 'a'.repeat(bytes - head.length)], 'big.yaml', { type: 'application/yaml' });
};

test('a text of 2,097,152 bytes is taken and can be sent; one byte more is refused in the page', async () => {
  const stub = aConsole();
  const { screen } = await open();
  await ready(screen);
  await screen.getByLabelText('Upload a YAML file').upload(fileOf(maxYamlBytes + 1));
  await expect.element(screen.getByText(/big.yaml has 2,097,153 bytes, 1 byte more than the broker takes/)).toBeVisible();
  await expect.element(editorOf(screen)).toMatchTextContent(/ledger-flags/);

  await screen.getByLabelText('Upload a YAML file').upload(fileOf(maxYamlBytes));
  await expect.element(screen.getByText(/2,097,152 of 2,097,152 bytes/)).toBeVisible();
  await ready(screen);

  await editorOf(screen).click();
  await userEvent.keyboard('b');
  await expect.element(screen.getByText(/1 byte too many.*not kept as a draft/)).toBeVisible();
  await expect.element(buttonOf(screen)).toHaveAttribute('aria-disabled', 'true');
  expect(stub.callsOf(submitRevision)).toEqual([]);
});

test('a key that may not see reach is told so, not that it will be known', async () => {
  const unseen = { ...aStack(aRevision(4182)), rollUp: null, clusters: null, coverage: { known: 0, total: 0, oldestMs: null } };
  aConsole().answers(readStack, { ...unseen, stack: { ...unseen.stack, reached: null } });
  const { screen } = await open('', {
    ...aSession('operator'),
    refusals: { [listReachedAgents.id]: { needs: 'admin', why: 'key_cannot_read' } },
  });
  await expect.element(screen.getByRole('region', { name: 'Reaches' })).toMatchTextContent(/signed in with a generator’s key/);
  await expect.element(screen.getByRole('region', { name: 'Reaches' })).not.toMatchTextContent(/not known yet/);
  await expect.element(screen.getByRole('region', { name: 'Warnings' })).toMatchTextContent('none');
  await expect.element(screen.getByRole('button', { name: 'Submit to the agents it reaches' })).toBeVisible();
});

test('a refusal keeps the text and says what the broker said', async () => {
  aConsole().answers(
    submitRevision,
    new ProblemError('broker_refused', 'no', { upstream: { status: 400, code: 'invalid_deployment_object' } }),
  );
  const { screen } = await open();
  await write(screen, yamlOf('steady'));
  await ready(screen);
  await buttonOf(screen).click();
  await expect
    .element(screen.getByRole('form', { name: 'Send' }).getByRole('alert').last())
    .toMatchTextContent(/Not submitted.*invalid_deployment_object.*Copy everything/);
  await expect.element(editorOf(screen)).toMatchTextContent(/steady/);
});

test('a newer revision is shown first, and must be acknowledged before anything is sent', async () => {
  const stub = aConsole();
  const { screen } = await open();
  await write(screen, yamlOf('steady'));
  await ready(screen);
  stub.answers(readStack, aStack(aRevision(4190)));
  await buttonOf(screen).click();
  const note = screen.getByRole('alert').filter({ hasText: 'Revision 4190 was submitted meanwhile' });
  await expect.element(note).toMatchTextContent(/You reviewed4182.*Current now4190/);
  await expect.element(screen.getByText('What 4190 changed from 4182')).toBeVisible();
  await expect.element(note).not.toMatchTextContent(/What 4190 changed/); // read aloud are two lines, not a difference
  expect(Array.from(note.element().querySelectorAll('time'), (age) => age.closest('[aria-live=off]') !== null)).toEqual([true, true]);
  expect(stub.callsOf(submitRevision)).toEqual([]);
  await expect.element(buttonOf(screen)).toHaveAccessibleDescription(/Look at revision 4190 first/);
  expect(stub.callsOf(previewSubmission).length).toBeGreaterThan(1);

  await screen.getByRole('button', { name: 'Go on from 4190' }).click();
  await ready(screen);
  await buttonOf(screen).click();
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(stub.callsOf(submitRevision).map(({ headers }) => headers.get('if-match'))).toEqual([`"${revisionId(4190)}"`]);
});

test('a race that the page could not see is refused by the console, and both revisions are shown', async () => {
  aConsole().answers(submitRevision, new ProblemError('changed_meanwhile', 'no', { current: aRevision(4191) }));
  const { screen } = await open();
  await write(screen, yamlOf('steady'));
  await ready(screen);
  await buttonOf(screen).click();
  await expect.element(screen.getByText('Revision 4191 was submitted meanwhile')).toBeVisible();
  await expect.element(editorOf(screen)).toMatchTextContent(/steady/);
});

test('a roll back brings back the text as it was, needs a reason, and stops being one when the text is changed', async () => {
  const stub = aConsole();
  const { screen } = await open(`?from=${revisionId(4180)}`);
  await expect.element(screen.getByRole('heading', { name: 'Roll back ledger to 4180' })).toBeVisible();
  const button = screen.getByRole('button', { name: 'Roll back 38 agents to 4180' });
  await expect.element(button).not.toHaveAttribute('aria-disabled');
  await button.click();
  await expect.element(screen.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleErrorMessage(/Say why/);
  expect(stub.callsOf(submitRevision)).toEqual([]);

  await screen.getByRole('textbox', { name: 'Reason' }).fill('canary loses payments');
  await button.click();
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(stub.callsOf(submitRevision).map(({ body }) => body)).toEqual([
    { yaml: yamlOf('old'), reason: 'canary loses payments', rollbackTo: revisionId(4180) },
  ]);
});

test('an earlier text that is changed is an ordinary revision', async () => {
  const stub = aConsole();
  const { screen } = await open(`?from=${revisionId(4180)}`);
  await write(screen, yamlOf('older'));
  await ready(screen);
  await buttonOf(screen).click();
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(stub.callsOf(submitRevision).map(({ body }) => body)).toEqual([{ yaml: yamlOf('older') }]);
});

test('the draft holds the text alone, so that one of full size fits, and what it was written against rests beside it', async () => {
  const stub = aConsole();
  const { screen } = await open();
  await write(screen, yamlOf('steady'));
  await expect.element(screen.getByText(/Draft kept at/)).toBeVisible();
  expect(lastDraft(stub, `stack/${stackId}/submit`)).toEqual({ yaml: yamlOf('steady') });
  await expect.poll(() => lastDraft(stub, `stack/${stackId}/submit/review`)).toEqual({ reviewed: revisionId(4182) });
});

test('what is typed while a text is being sent is kept: the next visit has it', async () => {
  const { promise: slow, resolve: answer } = Promise.withResolvers<Revision>();
  const stub = aConsole().answers(submitRevision, () => slow);
  const { screen } = await open();
  await write(screen, yamlOf('steady'));
  await ready(screen);
  await buttonOf(screen).click();
  await expect.poll(() => stub.callsOf(submitRevision).length).toBe(1);
  await write(screen, yamlOf('steadier'));
  answer(aRevision(4183));
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(draftStore.getState().drafts[`stack/${stackId}/submit`]?.fields).toEqual({ yaml: yamlOf('steadier') });
  expect(draftStore.getState().drafts[`stack/${stackId}/submit/review`]?.fields).toEqual({ reviewed: revisionId(4182) });
});

test('a viewer is told who may submit, and sees no editor', async () => {
  aConsole();
  const { screen } = await open('', aSession('viewer', [submitRevision]));
  await expect.element(screen.getByText(/takes an operator; you are a viewer/)).toBeVisible();
  await expect.element(screen.getByRole('textbox')).not.toBeInTheDocument();
});
