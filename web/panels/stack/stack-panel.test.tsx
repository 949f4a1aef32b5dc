import { expect, test } from 'vitest';
import { addAgentTarget, removeAgentTarget } from '#contract/agent-bonds.ts';
import { listAgents } from '#contract/agents.ts';
import type { ResponseOf } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import { listObjectHealth, listReachedAgents, readReachMatrix, readTagReach } from '#contract/reach.ts';
import { listRevisions, readRevision, submitDeletionMarker, submitRevision } from '#contract/revisions.ts';
import { addStackLabel, readStackAnnotations, readStackLabels, removeStackLabel } from '#contract/stack-tags.ts';
import { deleteStack, editStack, listStackHistory, readStack } from '#contract/stacks.ts';
import {
  aHealthRecord,
  anAgent,
  anAuditRow,
  aPage,
  aReachedAgent,
  aReachedPage,
  aReachMatrix,
  aRevision,
  aRollUp,
  aStack,
  aStackDetail,
  wholeFleet,
  stackId,
} from '#web/testing/builders.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { type Asked, stubConsole } from '#web/testing/stub-console.ts';
import { StackPanel } from './stack-panel.tsx';

const older = aRevision({ id: 'a51b7a90-8f24-4d3c-a6be-0c9d2f1e8404', sequence: 4131, ageMs: 172_800_000 });
const at = `/stacks/${stackId}`;
const tags = (items: unknown[]) => ({ items, etag: '"tags"', asOf: new Date().toISOString(), ageMs: 0 });
const known = () =>
  stubConsole()
    .answers(readStack, aStackDetail())
    .answers(readStackLabels, tags(['tier:gold']))
    .answers(readStackAnnotations, tags([]))
    .answers(listStackHistory, { rows: [anAuditRow({ type: 'stack.revision.submitted' })], asOf: new Date().toISOString() })
    .answers(listRevisions, aPage([aRevision(), older]))
    .answers(readReachMatrix, aReachMatrix());
const open = (path = at, { session = aSession(), width = 1440 } = {}) =>
  renderPanel(<StackPanel />, { at: path, path: '/stacks/:stackId/:tab?', session, width });

test('the identity line has the worst state of any agent; who changed it last stands below it', async () => {
  known();
  const { screen } = await open();
  await expect.element(screen.getByRole('heading', { name: 'ledger', level: 1 })).toBeVisible();
  await expect.element(screen.getByTitle(/The worst state of any agent/)).toMatchTextContent('refused');
  await expect.element(screen.getByRole('link', { name: /Mara Lindqvist submitted a revision/ })).toHaveAttribute('href', `${at}/history`);
  await expect.element(screen.getByRole('link', { name: '38 agents in 5 clusters' })).toHaveAttribute('href', `${at}/agents`);
  await expect.element(screen.getByRole('link', { name: 'Submit a revision' })).toHaveAttribute('href', `${at}/submit`);
  await expect.element(screen.getByRole('link', { name: 'Roll back…' })).toHaveAttribute('href', `${at}/submit?from=${older.id}`);
  await expect
    .element(screen.getByRole('link', { name: 'Compare' }))
    .toHaveAttribute('href', `/compare?from=${older.id}&to=${aRevision().id}`);
});

test('while the reach of some agents is not known its number is the least, and so is the harm of deleting it', async () => {
  const coverage = { known: 12, total: 40, oldestMs: 0 };
  known()
    .answers(readStack, aStackDetail({ reached: 9 }, { coverage, rollUp: aRollUp({ failed: 9 }), clusters: 2 }))
    .answers(readReachMatrix, aReachMatrix({ coverage, reached: 9 }))
    .answers(listRevisions, () => new Promise(() => undefined));
  const { screen } = await open();
  await expect.element(screen.getByRole('link', { name: 'at least 9 agents in 2 clusters' })).toBeVisible();
  await expect.element(screen.getByText('4182 on at least 9 agents')).toBeVisible();
  await expect
    .element(screen.getByRole('button', { name: 'Roll back…' }))
    .toHaveAccessibleDescription('The earlier revisions are not read yet.');
  await screen.getByRole('button', { name: 'Actions on ledger' }).click();
  await screen.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect.element(screen.getByRole('dialog')).toMatchTextContent(/The reach of some agents is not known. At least 9 agents lose it/);
});

test('clusters × states are links to the agents behind each number; applied is not called healthy', async () => {
  known();
  const { screen } = await open();
  const matrix = screen.getByRole('table', { name: 'By state' });
  await expect
    .element(matrix.getByRole('link', { name: '2 refused in edge-eu' }))
    .toHaveAttribute('href', `${at}/agents?filter=state%3Afailed&filter=cluster%3Aedge-eu`);
  await expect.element(matrix.getByRole('link', { name: '1 applied, unconfirmed in fra-prod-2' })).toBeVisible();
  const causes = screen.getByRole('table', { name: 'Agents by cause' });
  await expect
    .element(causes)
    .toMatchTextContent(/2 refused it.*image registry not allowed.*1 more agent.*store-ber-01.*1 applied, unconfirmed.*gateway-11/);
  await expect.element(causes.getByRole('row', { name: 'gateway-11' })).toMatchTextContent(/applied, unconfirmed.*no record/);
});

test('health records that could not be read are said, where nothing is called healthy', async () => {
  known().answers(readReachMatrix, aReachMatrix({ healthAgeMs: null, all: aRollUp({ unconfirmed: 14 }) }));
  const { screen } = await open();
  await expect.element(screen.getByText('Health records were not read: nothing is called healthy until they are.')).toBeVisible();
});

test('each panel says how old answers and health records are, and which of them could not be read', async () => {
  known().answers(readReachMatrix, aReachMatrix());
  const { screen } = await open();
  const ages = screen.getByText('Answers of agents read 25 s ago. Health records read 12 s ago.');
  await expect.element(ages.first()).toBeVisible();
  await expect.poll(() => ages.elements()).toHaveLength(2); // beside clusters × states, and below agents by cause
});
test('answers that could not be read are said beside the agents', async () => {
  known().answers(listReachedAgents, aReachedPage([aReachedAgent()], { eventsAgeMs: null }));
  const { screen } = await open(`${at}/agents`);
  await expect
    .element(screen.getByText('Answers of agents were not read: who applied or refused is not known until they are.'))
    .toBeVisible();
  await expect.element(screen.getByText('Health records read 12 s ago.')).toBeVisible();
});
test('what was read too long ago shows nothing running any more: healthy becomes unconfirmed', async () => {
  const minutesAgo = new Date(Date.now() - 240_000).toISOString();
  const healthy = aRollUp({ healthy: 38 });
  known()
    .answers(readStack, aStackDetail({}, { rollUp: healthy, asOf: minutesAgo }))
    .answers(
      readReachMatrix,
      aReachMatrix({ all: healthy, clusters: [{ name: 'edge-eu', reached: 38, counts: healthy }], asOf: minutesAgo }),
    );
  const { screen } = await open();
  await expect.element(screen.getByTitle(/The worst state of any agent/)).toMatchTextContent('applied, unconfirmed');
  await expect.element(screen.getByRole('link', { name: '38 applied, unconfirmed in edge-eu' })).toBeVisible();
  await expect.element(screen.getByText(/Health records read 4 min ago. That is too long ago/).first()).toBeVisible();
});

test('a revision opens over the page with its text, and leads to what can be done with it', async () => {
  const stub = known().answers(readRevision, {
    revision: older,
    stackId,
    stackName: 'ledger',
    yaml: 'apiVersion: v1\nkind: ConfigMap\n',
    resources: [{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' }],
  });
  const { screen, router } = await open();
  expect(stub.callsOf(readRevision)).toHaveLength(0);
  await screen.getByRole('link', { name: /4131/ }).click();
  expect(router.state.location.search).toBe(`?open=${older.id}`);
  const drawer = screen.getByRole('complementary', { name: 'Revision 4131' });
  await expect.element(drawer).toMatchTextContent(/ConfigMap shop\/settings.*kind: ConfigMap/);
  await expect.element(drawer.getByRole('link', { name: 'Roll back to 4131…' })).toHaveAttribute('href', `${at}/submit?from=${older.id}`);
});

test('what may not be done stays in its place and says why', async () => {
  known().answers(listRevisions, aPage([aRevision()]));
  const viewer = await open(at, { session: aSession('viewer', [submitRevision, editStack, deleteStack, submitDeletionMarker]) });
  await expect.element(viewer.screen.getByRole('button', { name: 'Submit a revision' })).toHaveAccessibleDescription(/takes an operator/);
  await expect.element(viewer.screen.getByRole('button', { name: 'Compare' })).toHaveAccessibleDescription('There is no earlier revision.');
  await viewer.screen.getByRole('button', { name: 'Actions on ledger' }).click();
  await expect
    .element(viewer.screen.getByRole('menuitem', { name: /Delete….*takes an operator/ }))
    .toHaveAttribute('aria-disabled', 'true');
});

test('an edit on an older version shows both and sends only on a second decision', async () => {
  const now = aStack({ name: 'ledger-eu', etag: '"second"' });
  const stub = known().answers(editStack, ({ headers }: Asked) =>
    headers.get('if-match') === '"first"' ? new ProblemError('changed_meanwhile', 'changed', { current: now }) : now,
  );
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Actions on ledger' }).click();
  await screen.getByRole('menuitem', { name: 'Edit…' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Ledger, EU only');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect
    .element(dialog.getByRole('alert').filter({ hasText: 'changed meanwhile' }))
    .toMatchTextContent(/Name.*by them alone, and taken over: ledger-eu.*Description.*Ledger, EU only.*Ledger service, EU/);
  await expect.element(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('ledger-eu');
  await expect.element(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue('Ledger, EU only');
  await dialog.getByRole('button', { name: 'Send mine on top' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(stub.callsOf(editStack).map(({ headers }) => headers.get('if-match'))).toEqual(['"first"', '"second"']);
  expect(stub.callsOf(editStack).at(-1)?.body).toEqual({ name: 'ledger-eu', description: 'Ledger, EU only' });
});

test('where both changed two fields, one may be theirs and the other mine', async () => {
  const now = aStack({ name: 'ledger-eu', description: 'Theirs', etag: '"second"' });
  const stub = known().answers(editStack, ({ headers }: Asked) =>
    headers.get('if-match') === '"first"' ? new ProblemError('changed_meanwhile', 'changed', { current: now }) : now,
  );
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Actions on ledger' }).click();
  await screen.getByRole('menuitem', { name: 'Edit…' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('ledger-mine');
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Mine');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Take theirs: Name' }).click();
  await expect.element(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('ledger-eu');
  await dialog.getByRole('button', { name: 'Send mine on top' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(stub.callsOf(editStack).at(-1)?.body).toEqual({ name: 'ledger-eu', description: 'Mine' });
});

test('a deletion asks for the name and a reason, and says what really happens', async () => {
  const stub = known().answers(deleteStack, { done: true });
  const { screen, router } = await open();
  await screen.getByRole('button', { name: 'Actions on ledger' }).click();
  await screen.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog).toMatchTextContent(/38 agents lose it.*offline across the deletion.*served to nobody.*no undo/);
  await dialog.getByRole('button', { name: 'Delete stack' }).click();
  expect(stub.callsOf(deleteStack)).toHaveLength(0);
  await dialog.getByRole('textbox', { name: 'Type ledger to confirm' }).fill('ledger');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('moved to another tenant');
  await dialog.getByRole('button', { name: 'Delete stack' }).click();
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(router.state.location.pathname).toBe('/stacks');
  expect(stub.callsOf(deleteStack)[0]?.body).toEqual({ reason: 'moved to another tenant' });
});

test('a deletion marker lists what goes, is bound to the revision that was looked at, and shows a newer one first', async () => {
  const newer = aRevision({ id: 'b51b7a90-8f24-4d3c-a6be-0c9d2f1e8404', sequence: 4190 });
  const stub = known()
    .answers(readRevision, ({ params }: Asked) => ({
      revision: params['revisionId'] === newer.id ? newer : aRevision(),
      stackId,
      stackName: 'ledger',
      yaml: '',
      resources: [
        { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: params['revisionId'] === newer.id ? 'added-since' : 'settings' },
      ],
    }))
    .answers(submitDeletionMarker, ({ headers }: Asked) =>
      headers.get('if-match') === `"${newer.id}"`
        ? aRevision({ sequence: 4191, isDeletionMarker: true })
        : new ProblemError('changed_meanwhile', 'newer', { current: newer }),
    );
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Actions on ledger' }).click();
  await screen.getByRole('menuitem', { name: 'Submit deletion marker…' }).click();
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog).toMatchTextContent(/1 object of revision 4182 goes.*shop\/settings/);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('service retired');
  await dialog.getByRole('button', { name: 'Submit deletion marker' }).click();
  await expect.element(dialog).toMatchTextContent(/Revision 4190 was submitted meanwhile.*shop\/added-since/);
  await dialog.getByRole('button', { name: 'Submit deletion marker' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(stub.callsOf(submitDeletionMarker).map(({ headers }) => headers.get('if-match'))).toEqual([
    `"${aRevision().id}"`,
    `"${newer.id}"`,
  ]);
});

test('agents are listed with why they are reached; one opens with its answer and its health', async () => {
  const agent = aReachedAgent({
    state: 'failing',
    reasons: [{ by: 'label', label: 'tier:gold' }, { by: 'target' }],
    health: aHealthRecord({
      status: 'failing',
      podsReady: 0,
      conditions: ['PodFailed'],
      resources: [{ kind: 'Deployment', name: 'ledger', namespace: 'shop', ready: false, message: 'back-off 40s' }],
    }),
  });
  known().answers(listReachedAgents, aReachedPage([agent], { coverage: { known: 38, total: 38, oldestMs: 0 } }));
  const { screen } = await open(`${at}/agents`);
  const row = screen.getByRole('row', { name: 'edge-runner' });
  await expect.element(row).toMatchTextContent(/failing.*fra-prod-2.*tier:gold.*and direct.*applied, unconfirmed.*failing.*0\/2/);
  await row.getByRole('button', { name: 'Answer and health of edge-runner' }).click();
  await expect
    .element(screen.getByRole('complementary', { name: 'edge-runner' }))
    .toMatchTextContent(/explicit target.*PodFailed.*Deployment shop\/ledger.*not ready.*back-off 40s/);
});

test('an old health record says what was, not what is', async () => {
  known().answers(listReachedAgents, aReachedPage([aReachedAgent({ state: 'unconfirmed', health: aHealthRecord({ ageMs: 240_000 }) })]));
  const { screen } = await open(`${at}/health`);
  await expect.element(screen.getByRole('row', { name: 'edge-runner' })).toMatchTextContent(/healthy, old/);
});

const objects = (change: Partial<ResponseOf<typeof listObjectHealth>> = {}) => ({
  objects: [
    { kind: 'Pod', namespace: 'shop', name: 'ledger-…', counts: { not_ready: 3, old: 2, ready: 30 }, message: 'back-off … restarting' },
    { kind: 'Pod', namespace: 'shop', name: 'web-0', counts: { not_ready: 0, old: 0, ready: 38 }, message: null },
  ],
  total: 2,
  reached: 38,
  recorded: 38,
  cut: 0,
  coverage: wholeFleet,
  healthAgeMs: 12_000,
  asOf: new Date().toISOString(),
  ...change,
});

test('health by object counts all agents the stack reaches, and each count leads to the agents behind it', async () => {
  const stub = known()
    .answers(listReachedAgents, aReachedPage([aReachedAgent()]))
    .answers(listObjectHealth, objects());
  const { screen } = await open(`${at}/health`);
  const table = screen.getByRole('table', { name: 'Health by object' });
  await expect.element(table.getByRole('row', { name: 'Pod shop/ledger-…' })).toMatchTextContent(/3.*2.*30.*3.*back-off … restarting/);
  await expect.element(screen.getByText('38 of 38 agents have a record')).toBeVisible();
  await table.getByRole('link', { name: '3 agents: Pod shop/ledger-… not ready' }).click();
  await expect
    .poll(() => stub.callsOf(listReachedAgents).at(-1)?.query.getAll('filter'))
    .toEqual(['object:not_ready%20Pod%20shop%2Fledger-%E2%80%A6']);
  await expect.element(screen.getByRole('button', { name: /^Change filter object:/ })).toMatchTextContent('Pod shop/ledger-… not ready');
});

test('an object is ready nowhere by records that are old, and is not known to be ready where agents do not name it', async () => {
  const stub = known()
    .answers(listReachedAgents, aReachedPage([aReachedAgent()]))
    .answers(listObjectHealth, objects({ healthAgeMs: 181_000 }));
  const old = await open(`${at}/health`);
  const row = old.screen.getByRole('row', { name: 'Pod shop/web-0' });
  await expect.element(row.getByRole('link', { name: '38 agents: Pod shop/web-0 ready by an old record' })).toBeVisible();
  expect(row.element().querySelector('[data-mark=ok]')).toBeNull();
  await old.screen.unmount();
  stub.answers(listObjectHealth, objects({ reached: 40 }));
  const { screen } = await open(`${at}/health`);
  const untold = screen.getByRole('row', { name: 'Pod shop/web-0' });
  await expect.element(untold.getByRole('link', { name: '2 agents: Pod shop/web-0 not named' })).toBeVisible();
  expect(untold.element().querySelector('[data-mark=ok]')).toBeNull();
});

test('on a phone an object leads to the agents of its worst count', async () => {
  known()
    .answers(listReachedAgents, aReachedPage([aReachedAgent()]))
    .answers(listObjectHealth, objects({ cut: 2, total: 140 }));
  const { screen } = await open(`${at}/health`, { width: 375 });
  const item = screen.getByRole('listitem', { name: 'Pod shop/ledger-…' });
  await expect.element(item).toMatchTextContent(/3 not ready, 2 ready by an old record, 30 ready, 3 not named, back-off/);
  await expect
    .element(item.getByRole('link'))
    .toHaveAttribute('href', `${at}/health?filter=${encodeURIComponent('object:not_ready%20Pod%20shop%2Fledger-%E2%80%A6')}`);
  await expect.element(screen.getByText(/The first 2 of 140 objects/)).toBeVisible();
  await expect.element(screen.getByText(/2 agents named more objects/)).toBeVisible();
});

test('what an old record calls ready is told as what was, in the drawer and on a phone too', async () => {
  const resources = [{ kind: 'Pod', name: 'ledger-0', namespace: 'shop', ready: true, message: null }];
  const agent = aReachedAgent({ health: aHealthRecord({ ageMs: 181_000, resources, resourcesLeft: 7 }) });
  known().answers(listReachedAgents, aReachedPage([agent]));
  const { screen } = await open(`${at}/agents?open=${agent.agentId}`);
  const drawer = screen.getByRole('complementary', { name: 'edge-runner' });
  await expect.element(drawer).toMatchTextContent(/shop\/ledger-0.*ready, old.*and 7 more, none of them worse/);
  expect(document.querySelector('[data-mark=ok]')).toBeNull();
  await screen.unmount();
  const phone = await open(`${at}/agents`, { width: 375 });
  await expect.element(phone.screen.getByRole('listitem', { name: 'edge-runner' })).toMatchTextContent(/applied, unconfirmed, fra-prod-2/);
  expect(document.querySelector('li [data-mark=ok]')).toBeNull();
});

test('a label is taken off once one saw who loses the stack, with a way back, and added on the set that was looked at', async () => {
  const stub = known()
    .answers(readTagReach, { labels: [{ label: 'tier:gold', agents: 3, alone: 2 }], annotations: [], coverage: wholeFleet })
    .answers(removeStackLabel, tags([]))
    .answers(addStackLabel, ({ body }: Asked) => tags([(body as { label: string }).label]));
  const { screen } = await open(`${at}/labels`);
  await screen.getByRole('button', { name: 'Remove tier:gold' }).click();
  const asked = screen.getByRole('dialog', { name: 'Remove tier:gold from ledger?' });
  await expect.element(asked).toMatchTextContent(/Up to 2 agents lose the stack.*1 agent keeps it/);
  await asked.getByRole('button', { name: 'Remove it' }).click();
  await screen.getByRole('button', { name: 'Undo the removal of tier:gold' }).click();
  await expect.element(screen.getByRole('button', { name: 'Remove tier:gold' })).toBeVisible();
  expect(stub.callsOf(addStackLabel)[0]?.headers.get('if-match')).toBe('"tags"');
  await screen.getByRole('textbox', { name: 'Label' }).fill('two words');
  await expect.element(screen.getByRole('textbox', { name: 'Label' })).toHaveAccessibleErrorMessage(/no spaces/);
});

test('an agent that is not registered cannot be targeted; its registrations are offered', async () => {
  const stub = known()
    .answers(listReachedAgents, aReachedPage([]))
    .answers(listAgents, aPage([anAgent()]))
    .answers(addAgentTarget, new ProblemError('conflict', 'not registered', { upstream: { status: 403, code: 'agent_not_registered' } }));
  const { screen } = await open(`${at}/targets`);
  await expect.element(screen.getByText('No explicit targets')).toBeVisible();
  expect(stub.callsOf(listReachedAgents)[0]?.query.getAll('filter')).toEqual(['by:target']);
  await screen.getByLabelText('Agent', { exact: true }).click();
  await screen.getByRole('option', { name: /^edge-runner/ }).click();
  await screen.getByRole('button', { name: 'Add target' }).click();
  await expect
    .element(screen.getByText('edge-runner is not registered with payments, so its stacks cannot be targeted at it.'))
    .toBeVisible();
  await expect
    .element(screen.getByRole('link', { name: 'Open its registrations' }))
    .toHaveAttribute('href', `/fleet/${anAgent().id}/registrations`);
  expect(stub.callsOf(addAgentTarget)[0]?.body).toEqual({ stackId });
});

test('a stack that is gone shows what the audit still says of it', async () => {
  stubConsole()
    .answers(readStack, new ProblemError('not_found', 'gone'))
    .answers(listRevisions, new ProblemError('not_found', 'gone'))
    .answers(listStackHistory, {
      rows: [anAuditRow({ type: 'stack.deleted', reason: 'retired', resource: { kind: 'stack', id: stackId, name: 'ledger' } })],
      asOf: new Date().toISOString(),
    });
  const { screen } = await open();
  await expect.element(screen.getByText('This stack was deleted')).toBeVisible();
  await expect.element(screen.getByText('Reason: retired')).toBeVisible();
});

test('before the first revision the page says what comes, and offers it', async () => {
  known()
    .answers(readStack, aStackDetail({}, { current: null, revisions: 0, rollUp: null, clusters: null }))
    .answers(listRevisions, aPage([]));
  const { screen } = await open();
  await expect.element(screen.getByText('Nothing submitted yet')).toBeVisible();
  await expect.element(screen.getByText('nothing submitted', { exact: true })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Roll back…' })).toHaveAccessibleDescription('Nothing has been submitted yet.');
});

test('what the broker does not show to a key is not asked for, and the page says why', async () => {
  const stub = known().answers(readStack, aStackDetail({ reached: null }, { rollUp: null, clusters: null }));
  const tenant = {
    ...aSession('operator'),
    refusals: Object.fromEntries(
      [readReachMatrix, listReachedAgents].map(({ id }) => [id, { needs: 'admin' as const, why: 'key_cannot_read' as const }]),
    ),
  };
  const revisions = await open(at, { session: tenant });
  await expect.element(revisions.screen.getByText('What agents made of it is not shown to you')).toBeVisible();
  await expect.element(revisions.screen.getByText(/signed in with a generator’s key/)).toBeVisible();
  await expect.element(revisions.screen.getByText('not shown to your key')).toBeVisible();
  await revisions.screen.unmount();
  const agents = await open(`${at}/agents`, { session: tenant });
  await expect.element(agents.screen.getByText('What agents made of it is not shown to you')).toBeVisible();
  expect([...stub.callsOf(readReachMatrix), ...stub.callsOf(listReachedAgents)]).toEqual([]);
});

test('a key that is shown no targets sets and removes those of its own stacks, and is told that it does not see them', async () => {
  const answer = { rows: [], limited: 'key_cannot_read', asOf: new Date().toISOString(), ageMs: 0 };
  const stub = known()
    .answers(listAgents, aPage([anAgent()]))
    .answers(addAgentTarget, answer)
    .answers(removeAgentTarget, answer);
  const session = {
    ...aSession('operator'),
    refusals: { [listReachedAgents.id]: { needs: 'admin' as const, why: 'key_cannot_read' as const } },
  };
  const { screen } = await open(`${at}/targets`, { session });
  await expect.element(screen.getByText('Which agents are targets is not shown to you')).toBeVisible();
  const add = screen.getByRole('form', { name: 'Add target' });
  await add.getByRole('combobox', { name: 'Agent' }).click();
  await screen.getByRole('option', { name: /edge-runner/ }).click();
  await add.getByRole('button', { name: 'Add target' }).click();
  await expect.poll(() => stub.callsOf(addAgentTarget)[0]?.body).toEqual({ stackId });
  const remove = screen.getByRole('form', { name: 'Remove target' });
  await expect.element(remove.getByRole('button', { name: 'Remove target…' })).toHaveAccessibleDescription('Choose an agent first.');
  await remove.getByRole('combobox', { name: 'Agent' }).click();
  await screen.getByRole('option', { name: /edge-runner/ }).click();
  await remove.getByRole('button', { name: 'Remove target…' }).click();
  await screen
    .getByRole('dialog', { name: /^Remove edge-runner from the targets of/ })
    .getByRole('button', { name: 'Remove target' })
    .click();
  await expect.poll(() => stub.callsOf(removeAgentTarget)[0]?.body).toEqual({ stackId });
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(stub.callsOf(listReachedAgents)).toEqual([]);
});

test('on a phone nothing sticks out of the page, however long names, labels and descriptions are', async () => {
  const long = 'x'.repeat(255);
  known()
    .answers(readStack, aStackDetail({ name: long, generatorName: long, description: 'd'.repeat(2000) }))
    .answers(readStackLabels, tags(['team:core-ledger-and-settlement', 'l'.repeat(64), 'tier:gold', 'more']))
    .answers(readReachMatrix, aReachMatrix({ clusters: [{ name: long, counts: aRollUp({ failed: 2 }), reached: 2 }] }));
  const { screen } = await open(at, { width: 375 });
  await expect.element(screen.getByText('l'.repeat(64))).toBeVisible();
  expect(document.documentElement.scrollWidth).toBe(375);
});

test('a phone has the states line by line, each leading to its agents', async () => {
  known();
  const { screen } = await open(at, { width: 375 });
  const states = screen.getByRole('list', { name: 'By state' });
  await expect.element(states).toMatchTextContent(/refused.*2.*edge-eu 2.*applied, unconfirmed.*1.*healthy.*11/);
});
