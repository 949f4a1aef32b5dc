import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createAgent, listAgents, setAgentStatus } from '#contract/agents.ts';
import { listLabelsOfAgents } from '#contract/agent-tags.ts';
import { listGenerators } from '#contract/generators.ts';
import { ProblemError } from '#contract/problem.ts';
import { confirmationStore } from '#web/stores/confirmations.ts';
import { aPage, anAgent } from '#web/testing/builders.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { type Asked, stubConsole } from '#web/testing/stub-console.ts';
import { FleetPanel } from './fleet-panel.tsx';

const open = (at = '/fleet', session = aSession()) => renderPanel(<FleetPanel />, { at, path: '/fleet', session });
const noLabels = { rows: [] };

test('a row tells state, heartbeat, link and labels, and leads to its agent', async () => {
  stubConsole()
    .answers(listAgents, aPage([anAgent({ state: 'stale', heartbeatAgeMs: 74_000, connection: 'polling', pendingObjects: 1 })]))
    .answers(listLabelsOfAgents, { rows: [{ agentId: anAgent().id, labels: ['zone:b'], ageMs: 0 }] });
  const { screen } = await open();
  const row = screen.getByRole('row', { name: 'edge-runner' });
  await expect.element(row).toMatchTextContent(/stale.*7[4-9] s.*polling.*zone:b/);
  await expect.element(row.getByRole('link', { name: 'edge-runner' })).toHaveAttribute('href', `/fleet/${anAgent().id}`);
});

test('rows that could not be read again for long are no longer green, on a phone neither', async () => {
  const asOf = new Date(Date.now() - 60_000).toISOString();
  stubConsole()
    .answers(listAgents, aPage([anAgent()], { asOf }))
    .answers(listLabelsOfAgents, noLabels);
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'edge-runner' })).toMatchTextContent(/was active/);
  expect(document.querySelectorAll('[data-mark=ok]')).toHaveLength(0);
  await page.viewport(375, 812);
  await expect.element(screen.getByRole('listitem', { name: 'edge-runner' })).toMatchTextContent(/was active/);
  expect(document.querySelectorAll('[data-mark=ok]')).toHaveLength(0);
});

test('to a generator’s key it says what the broker does not show, asks for no labels, and calls nothing zero that nobody read', async () => {
  const unknown = {
    connection: null,
    pendingObjects: null,
    pendingWorkOrders: null,
    claimedWorkOrders: null,
    healthFailing: null,
    healthDegraded: null,
  } as const;
  stubConsole().answers(listAgents, { ...aPage([{ ...anAgent({ state: 'unknown' }), ...unknown }]), limited: 'key_cannot_read' }); // labels would have no answer
  const session = aSession('operator');
  const { screen } = await open('/fleet', {
    ...session,
    refusals: { [listLabelsOfAgents.id]: { needs: 'admin', why: 'key_cannot_read' } },
  });
  await expect.element(screen.getByText(/Your key does not show what agents report/)).toBeVisible();
  await expect.element(screen.getByRole('row', { name: 'edge-runner' })).toMatchTextContent(/not known/);
  await expect.element(screen.getByRole('columnheader', { name: 'Kubernetes' })).toBeVisible(); // its record has that
  for (const name of ['Link', 'Pending', 'Work', 'Failing', 'Degraded', 'Last event']) {
    await expect.element(screen.getByRole('columnheader', { name })).not.toBeInTheDocument();
  }
  await expect.element(screen.getByText(/label sets read/)).not.toBeInTheDocument();
});

test('an empty fleet offers the next step to those who may take it, and names who may to the others', async () => {
  stubConsole().answers(listAgents, aPage([])).answers(listLabelsOfAgents, noLabels);
  const admin = await open();
  await expect.element(admin.screen.getByText('No agents yet')).toBeVisible();
  await expect.element(admin.screen.getByRole('button', { name: 'Create agent' }).nth(1)).toBeVisible();
  await admin.screen.unmount();

  const viewer = await open('/fleet', aSession('viewer', [createAgent]));
  await expect.element(viewer.screen.getByText(/An admin creates the first one/)).toBeVisible();
  await expect
    .element(viewer.screen.getByRole('button', { name: 'Create agent' }))
    .toHaveAccessibleDescription(/takes an admin; you are a viewer/);
});

test('filters that leave nothing say so, and can be cleared from there', async () => {
  stubConsole().answers(listAgents, ({ query }: Asked) => (query.has('filter') ? aPage([], { totalUnfiltered: 3 }) : aPage([anAgent()])));
  const { screen, router } = await open('/fleet?filter=state:silent');
  await expect.element(screen.getByText('The filters leave none of 3 agents.')).toBeVisible();
  await screen.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect.element(screen.getByRole('link', { name: 'edge-runner' })).toBeVisible();
  expect(router.state.location.search).toBe('');
});

test('a fleet that cannot be read says so in its frame, with code and request', async () => {
  stubConsole().answers(listAgents, new ProblemError('broker_unreachable', 'no broker'));
  const { screen } = await open();
  await expect.element(screen.getByRole('heading', { name: 'Fleet' })).toBeVisible();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/The fleet was not read.*broker_unreachable.*rq_00000000000000aa/);
});

test('labels that were not read are called so, not shown as none', async () => {
  stubConsole()
    .answers(listAgents, aPage([anAgent()]))
    .answers(listLabelsOfAgents, { rows: [{ agentId: anAgent().id, labels: null, ageMs: 0 }] });
  const { screen } = await open();
  await expect.element(screen.getByText('not read', { exact: true })).toBeVisible();
  await expect.element(screen.getByText('0 of 1 label sets read')).toBeVisible();
});

test('a name that is taken is refused beside its field, and stays as typed', async () => {
  stubConsole()
    .answers(listAgents, aPage([anAgent()]))
    .answers(listLabelsOfAgents, noLabels)
    .answers(listGenerators, aPage([]))
    .answers(
      createAgent,
      new ProblemError('conflict', 'taken', {
        errors: [{ path: 'name', code: 'taken', message: 'An agent of this name is already in this cluster.' }],
      }),
    );
  const { screen } = await open('/fleet?create=agent');
  await screen.getByRole('textbox', { name: 'Name' }).fill('edge-runner');
  await screen.getByRole('textbox', { name: 'Cluster' }).fill('fra-prod-2');
  await screen.getByRole('dialog').getByRole('button', { name: 'Create agent' }).click();
  await expect.element(screen.getByRole('textbox', { name: 'Name' })).toHaveAccessibleErrorMessage(/already in this cluster/);
  await expect.element(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('edge-runner');
  await screen.getByRole('textbox', { name: 'Name' }).fill('edge-runner-2');
  await expect.element(screen.getByRole('textbox', { name: 'Name' })).not.toHaveAttribute('aria-invalid');
});

test('a key that comes after one has gone Back from the form is shown all the same; leaving the page before it comes asks first', async () => {
  const pak = 'brokkr_BRtest_0123456789abcdef';
  const { promise: slow, resolve: answer } = Promise.withResolvers<object>();
  stubConsole()
    .answers(listAgents, aPage([anAgent()]))
    .answers(listLabelsOfAgents, noLabels)
    .answers(listGenerators, aPage([]))
    .answers(createAgent, () => slow);
  const { screen, router } = await open();
  await screen.getByRole('button', { name: 'Create agent' }).click();
  await screen.getByRole('textbox', { name: 'Name' }).fill('lab-07');
  await screen.getByRole('textbox', { name: 'Cluster' }).fill('lab');
  await screen.getByRole('dialog').getByRole('button', { name: 'Create agent' }).click();
  await router.navigate('/stacks');
  await expect.poll(() => confirmationStore.getState().asked?.title).toBe('Leave without the key of lab-07?');
  confirmationStore.getState().asked?.answer(false);
  await router.navigate(-1);
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  answer({ agent: anAgent({ name: 'lab-07' }), pak });
  await expect.element(screen.getByText(pak)).toBeVisible();
  expect(router.state.location.pathname).toBe('/fleet');
});

test('a new key is shown once, with its activation; closing forgets it', async () => {
  const pak = 'brokkr_BRtest_0123456789abcdef';
  const made = anAgent({ name: 'lab-07', status: 'INACTIVE', state: 'never_reported', etag: '"new"' });
  const stub = stubConsole()
    .answers(listAgents, aPage([anAgent()]))
    .answers(listLabelsOfAgents, noLabels)
    .answers(listGenerators, aPage([]))
    .answers(createAgent, { agent: made, pak })
    .answers(setAgentStatus, { ...made, status: 'ACTIVE' });
  const { screen, router, client } = await open('/fleet?create=agent');
  await screen.getByRole('textbox', { name: 'Name' }).fill('lab-07');
  await screen.getByRole('textbox', { name: 'Cluster' }).fill('lab');
  await screen.getByRole('dialog').getByRole('button', { name: 'Create agent' }).click();
  await expect.element(screen.getByText(pak)).toBeVisible();
  expect(router.state.location.search).toBe('');

  await screen.getByRole('button', { name: 'Activate' }).click();
  await expect.element(screen.getByText(/It takes up work on its next poll/)).toBeVisible();
  expect(stub.callsOf(setAgentStatus)[0]?.headers.get('if-match')).toBe('"new"');

  await screen.getByRole('button', { name: 'Done' }).click();
  await screen.getByRole('button', { name: 'Close without the key' }).click();
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(router.state.location.pathname).toBe(`/fleet/${made.id}`);
  expect(document.body.innerHTML).not.toContain(pak);
  expect(
    JSON.stringify(
      client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    ),
  ).not.toContain(pak);
});
