import { describe, expect, test } from 'vitest';
import { addAgentTarget, deregisterAgent, listAgentRegistrations, listAgentTargets, registerAgent } from '#contract/agent-bonds.ts';
import { addAgentLabel, readAgentAnnotations, readAgentLabels, removeAgentLabel } from '#contract/agent-tags.ts';
import { deleteAgent, listAgentHistory, listAgents, readAgent, renameAgent, rotateAgentPak, setAgentStatus } from '#contract/agents.ts';
import { listGenerators } from '#contract/generators.ts';
import { ProblemError } from '#contract/problem.ts';
import { listReachReasons } from '#contract/reach.ts';
import { listStacks } from '#contract/stacks.ts';
import { confirmationStore } from '#web/stores/confirmations.ts';
import { aDetail, agentId, anAgent, anAuditRow, anEvent, aPage, aStack, wholeFleet } from '#web/testing/builders.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { type Asked, stubConsole } from '#web/testing/stub-console.ts';
import { AgentPanel } from './agent-panel.tsx';

const now = () => ({ asOf: new Date().toISOString(), ageMs: 0 });
const labelSet = (items: string[], etag = '"set-1"') => ({ items, etag, ...now() });
const systemId = '11111111-1111-4111-8111-111111111111';
const paymentsId = '2b9e4c11-6d0a-4f7d-8c55-91f0a3e7c202';
const registration = (facts: object = {}) => ({
  generatorId: paymentsId,
  generatorName: 'payments',
  isSystem: false,
  registeredAt: '2026-02-11T10:04:55Z',
  targets: 0,
  ...facts,
});

/** A console that knows one agent and everything around it. */
const aConsole = () =>
  stubConsole()
    .answers(readAgent, () => aDetail())
    .answers(readAgentLabels, () => labelSet(['zone:b']))
    .answers(readAgentAnnotations, () => labelSet([]))
    .answers(listAgentTargets, () => ({ rows: [], ...now() }))
    .answers(listAgentRegistrations, () => ({
      rows: [registration({ generatorId: systemId, generatorName: '__system__', isSystem: true }), registration()],
      ...now(),
    }))
    .answers(listAgentHistory, () => ({ rows: [], asOf: new Date().toISOString() }))
    .answers(listStacks, aPage([]))
    .answers(listReachReasons, { stacks: [], coverage: wholeFleet })
    .answers(listGenerators, aPage([]));
const open = (tab = '', session = aSession()) =>
  renderPanel(<AgentPanel />, { at: `/fleet/${agentId}${tab}`, path: '/fleet/:agentId/:tab?', session });

describe('the cause', () => {
  test('a refusal is told in the agent’s own words, with what follows and the next step', async () => {
    aConsole().answers(
      readAgent,
      aDetail(
        { state: 'apply_failed', lastEventStatus: 'FAILURE', healthDegraded: 2 },
        { recentEvents: [anEvent({ status: 'FAILURE', message: 'image registry not allowed' })] },
      ),
    );
    const { screen } = await open();
    const causes = screen.getByRole('region', { name: 'What is wrong with edge-runner' });
    await expect.element(causes).toMatchTextContent(/will not be asked again.*image registry not allowed.*counts a refusal as an answer/);
    await expect
      .element(causes.getByRole('link', { name: 'Read the answers' }))
      .toHaveAttribute('href', `/fleet/${agentId}/events?filter=status:FAILURE`);
    await expect.element(causes.getByRole('list', { name: 'Also' })).toHaveTextContent('2 health records degraded.');
  });

  test('an inactive agent offers its activation beside the cause, on the version that was looked at', async () => {
    let agent = anAgent({ state: 'inactive', status: 'INACTIVE', etag: '"seen"' });
    const stub = aConsole()
      .answers(readAgent, () => aDetail(agent))
      .answers(setAgentStatus, () => (agent = anAgent({ status: 'ACTIVE' })));
    const { screen } = await open();
    const causes = screen.getByRole('region', { name: 'What is wrong with edge-runner' });
    await causes.getByRole('button', { name: 'Activate' }).click();
    await expect.element(screen.getByRole('button', { name: 'Deactivate…' })).toBeVisible();
    expect(stub.callsOf(setAgentStatus)[0]).toMatchObject({ body: { status: 'ACTIVE' } });
    expect(stub.callsOf(setAgentStatus)[0]?.headers.get('if-match')).toBe('"seen"');
  });

  test('a success the agent once reported is never shown as running, nor in green', async () => {
    aConsole();
    const { screen } = await open();
    const events = screen.getByRole('table', { name: 'Recent events' });
    await expect.element(events.getByText('applied, unconfirmed')).toBeVisible();
    expect(document.querySelector('table[aria-label="Recent events"] [data-mark=ok]')).toBeNull();
  });

  test('"why does nothing arrive" names each gate that is shut, and only those', async () => {
    aConsole()
      .answers(readAgent, aDetail({ status: 'INACTIVE', state: 'inactive' }))
      .answers(readAgentLabels, labelSet([]))
      .answers(listAgentRegistrations, () => ({ rows: [registration({ isSystem: true })], ...now() }));
    const { screen } = await open();
    const gates = screen.getByRole('list', { name: 'Why does nothing arrive?' });
    await expect
      .element(gates)
      .toMatchTextContent(
        /blocksRegistered with no generator but.*blocksIt has no target, no label and no annotation.*clearIt reports.*blocksIts status is INACTIVE.*clearIt reaches/,
      );
  });
});

describe('labels', () => {
  test('a label the broker refuses is told beside the field, and its text stays', async () => {
    aConsole().answers(
      addAgentLabel,
      new ProblemError('conflict', 'taken', {
        errors: [{ path: 'label', code: 'taken', message: 'The agent already carries this label.' }],
      }),
    );
    const { screen } = await open('/labels');
    await screen.getByRole('textbox', { name: 'Label' }).fill('region:eu');
    await screen.getByRole('button', { name: 'Add label' }).click();
    await expect
      .element(screen.getByRole('textbox', { name: 'Label' }))
      .toHaveAccessibleErrorMessage('The agent already carries this label.');
    await expect.element(screen.getByRole('textbox', { name: 'Label' })).toHaveValue('region:eu');
  });

  test('what is typed while a label is being added stays in the field', async () => {
    const { promise: slow, resolve: answer } = Promise.withResolvers<object>();
    const stub = aConsole().answers(addAgentLabel, () => slow);
    const { screen } = await open('/labels');
    const field = screen.getByRole('textbox', { name: 'Label' });
    await field.fill('region:eu');
    await screen.getByRole('button', { name: 'Add label' }).click();
    await expect.poll(() => stub.callsOf(addAgentLabel).length).toBe(1);
    await field.fill('tier:gold');
    answer(labelSet(['zone:b', 'region:eu'], '"set-2"'));
    await expect.element(screen.getByRole('list', { name: 'Labels' })).toMatchTextContent(/region:eu/);
    await expect.element(field).toHaveValue('tier:gold');
  });

  test('a label beyond the broker’s bytes is stopped before it is sent', async () => {
    const stub = aConsole();
    const { screen } = await open('/labels');
    await screen.getByRole('textbox', { name: 'Label' }).fill('ü'.repeat(33));
    await screen.getByRole('button', { name: 'Add label' }).click();
    await expect.element(screen.getByRole('textbox', { name: 'Label' })).toHaveAccessibleErrorMessage(/66 bytes; a label has at most 64/);
    expect(stub.callsOf(addAgentLabel)).toEqual([]);
  });

  test('a set that changed meanwhile marks what they did and what is yours, keeps the text, and takes it on top', async () => {
    const changed = labelSet(['zone:b', 'tier:gold'], '"set-2"');
    const stub = aConsole()
      .answers(readAgentLabels, labelSet(['zone:b', 'tier:silver']))
      .answers(addAgentLabel, ({ headers }: Asked) =>
        headers.get('if-match') === '"set-2"'
          ? labelSet(['zone:b', 'tier:gold', 'region:eu'], '"set-3"')
          : new ProblemError('changed_meanwhile', 'changed', { current: changed }),
      );
    const { screen } = await open('/labels');
    await screen.getByRole('textbox', { name: 'Label' }).fill('region:eu');
    await screen.getByRole('button', { name: 'Add label' }).click();
    const alert = screen.getByRole('alert').filter({ hasText: 'were changed meanwhile' });
    await expect.element(alert).toBeVisible();
    const lines = alert
      .getByRole('listitem')
      .elements()
      .map((line) => line.textContent);
    expect(lines).toEqual(['+tier:gold added by them', '−tier:silver removed by them', '▸region:eu yours, not sent', '=zone:b unchanged']);
    await expect.element(screen.getByRole('textbox', { name: 'Label' })).toHaveValue('region:eu');
    await screen.getByRole('button', { name: 'Add label' }).click();
    await expect.element(screen.getByRole('list', { name: 'Labels' })).toMatchTextContent(/region:eu/);
    await expect.element(screen.getByRole('textbox', { name: 'Label' })).toHaveValue('');
    expect(stub.callsOf(addAgentLabel)).toHaveLength(2);
  });

  test('a removed label stays in sight until it is undone', async () => {
    let items = ['zone:b'];
    const stub = aConsole()
      .answers(readAgentLabels, () => labelSet(items))
      .answers(removeAgentLabel, () => labelSet((items = [])))
      .answers(addAgentLabel, () => labelSet((items = ['zone:b'])));
    const { screen } = await open('/labels');
    await expect.poll(() => stub.callsOf(listReachReasons).length).toBeGreaterThan(0); // and nothing hangs on it
    await screen.getByRole('button', { name: 'Remove zone:b' }).click();
    await screen.getByRole('button', { name: 'Undo the removal of zone:b' }).click();
    await expect.element(screen.getByRole('button', { name: 'Remove zone:b' })).toBeVisible();
  });
});

describe('decisions', () => {
  test('a rename that came too late shows both names and sends nothing until told to', async () => {
    const stub = aConsole().answers(renameAgent, ({ headers, body }: Asked) =>
      headers.get('if-match') === '"theirs"'
        ? { ...anAgent(), ...(body as object) }
        : new ProblemError('changed_meanwhile', 'changed', { current: anAgent({ name: 'edge-theirs', etag: '"theirs"' }) }),
    );
    const { screen } = await open();
    await screen.getByRole('button', { name: 'Actions on edge-runner' }).click();
    await screen.getByRole('menuitem', { name: 'Rename…' }).click();
    const dialog = screen.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('edge-mine');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect.element(dialog.getByRole('row', { name: /Name/ })).toMatchTextContent(/edge-mine.*edge-theirs/);
    await expect.element(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('edge-mine');
    await dialog.getByRole('button', { name: 'Send mine on top' }).click();
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    expect(stub.callsOf(renameAgent).map(({ headers }) => headers.get('if-match'))).toEqual(['"first"', '"theirs"']);
  });

  test('deactivating says what follows before it is done', async () => {
    aConsole().answers(readAgent, aDetail({ pendingObjects: 2, state: 'pending' }));
    const { screen } = await open();
    await screen.getByRole('button', { name: 'Deactivate…' }).click();
    await expect.element(screen.getByRole('dialog')).toMatchTextContent(/Nothing is rolled back.*2 objects without an answer wait/);
  });

  test('deleting takes the typed name and a reason, and leads back to the fleet', async () => {
    const stub = aConsole().answers(deleteAgent, { done: true });
    const { screen, router } = await open();
    await screen.getByRole('button', { name: 'Actions on edge-runner' }).click();
    await screen.getByRole('menuitem', { name: 'Delete…' }).click();
    const dialog = screen.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete agent' }).click();
    await expect.element(dialog.getByRole('textbox', { name: /Type edge-runner/ })).toHaveAccessibleErrorMessage(/This is not edge-runner/);
    expect(stub.callsOf(deleteAgent)).toEqual([]);
    await dialog.getByRole('textbox', { name: /Type edge-runner/ }).fill('edge-runner');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('rack is gone');
    await dialog.getByRole('button', { name: 'Delete agent' }).click();
    await expect.element(screen.getByText('elsewhere')).toBeVisible();
    expect(router.state.location.pathname).toBe('/fleet');
    expect(stub.callsOf(deleteAgent)[0]?.body).toEqual({ reason: 'rack is gone' });
  });

  test('a rotated key is shown once, and the sockets of this broker are told beside the warning about others', async () => {
    const pak = 'brokkr_BRtest_fedcba9876543210';
    const stub = aConsole().answers(rotateAgentPak, { agent: anAgent(), pak });
    const { screen, client } = await open();
    await screen.getByRole('button', { name: 'Actions on edge-runner' }).click();
    await screen.getByRole('menuitem', { name: 'Rotate key…' }).click();
    await expect.element(screen.getByRole('dialog')).toMatchTextContent(/1,873 in, 6 out.*up to 60 s on another broker process/);
    await screen.getByRole('textbox', { name: 'Reason' }).fill('key was in a log');
    await screen.getByRole('dialog').getByRole('button', { name: 'Rotate key' }).click();
    await expect.element(screen.getByText(pak)).toBeVisible();
    expect(stub.callsOf(rotateAgentPak)[0]?.body).toEqual({ reason: 'key was in a log' });
    await screen.getByRole('button', { name: 'Done' }).click();
    await screen.getByRole('button', { name: 'Close without the key' }).click();
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
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

  test('leaving while the key is being rotated asks first: the answer alone tells the new one', async () => {
    const stub = aConsole().answers(rotateAgentPak, () => new Promise(() => undefined));
    const { screen, router } = await open();
    await screen.getByRole('button', { name: 'Actions on edge-runner' }).click();
    await screen.getByRole('menuitem', { name: 'Rotate key…' }).click();
    await screen.getByRole('textbox', { name: 'Reason' }).fill('key was in a log');
    await screen.getByRole('dialog').getByRole('button', { name: 'Rotate key' }).click();
    await expect.poll(() => stub.callsOf(rotateAgentPak).length).toBe(1);
    await router.navigate('/fleet');
    await expect.poll(() => confirmationStore.getState().asked?.title).toBe('Leave without the key of edge-runner?');
    confirmationStore.getState().asked?.answer(false);
    expect(router.state.location.pathname).toBe(`/fleet/${agentId}`);
  });

  test('a viewer sees every control, off, with the role it takes', async () => {
    const stub = aConsole();
    const viewer = aSession('viewer', [setAgentStatus, renameAgent, rotateAgentPak, deleteAgent, addAgentLabel, removeAgentLabel]);
    const { screen } = await open('/labels', viewer);
    const deactivate = screen.getByRole('button', { name: 'Deactivate…' });
    await expect.element(deactivate).toHaveAttribute('aria-disabled', 'true');
    await expect.element(deactivate).toHaveAccessibleDescription(/takes an operator; you are a viewer/);
    await expect.element(screen.getByRole('button', { name: 'Add label' })).toHaveAccessibleDescription(/takes an operator/);
    await screen.getByRole('button', { name: 'Remove zone:b' }).click({ force: true });
    await screen.getByRole('button', { name: 'Actions on edge-runner' }).click();
    await expect.element(screen.getByRole('menuitem', { name: /Delete…/ })).toMatchTextContent(/takes an admin/);
    expect(stub.callsOf(removeAgentLabel)).toEqual([]);
  });
});

describe('targets and registrations', () => {
  const searchStack = aStack({
    id: 'c4a8f0de-35b1-4e6a-b2d9-60e1b7d4f303',
    name: 'search-index',
    description: null,
    generatorId: '99999999-9999-4999-8999-999999999999',
    generatorName: 'search',
  });

  test('a stack of a generator the agent is not registered with says so, and offers the registration', async () => {
    const rows = [registration()];
    const targets: object[] = [];
    const stub = aConsole()
      .answers(listAgentTargets, () => ({ rows: targets, ...now() }))
      .answers(listStacks, aPage([searchStack]))
      .answers(listAgentRegistrations, () => ({ rows, ...now() }))
      .answers(registerAgent, () => {
        rows.push(registration({ generatorId: searchStack.generatorId, generatorName: 'search' }));
        return { rows, ...now() };
      })
      .answers(addAgentTarget, () => {
        targets.push({ stackId: searchStack.id, stackName: 'search-index', generatorId: searchStack.generatorId, generatorName: 'search' });
        return { rows: targets, ...now() };
      });
    const { screen } = await open('/targets');
    await screen.getByRole('combobox', { name: 'Stack' }).click();
    await screen.getByRole('option', { name: /search-index/ }).click();
    const add = screen.getByRole('button', { name: 'Add target' });
    await expect.element(add).toHaveAccessibleDescription(/Not registered with search/);
    await screen.getByRole('button', { name: 'Register with search' }).click();
    await expect.element(add).not.toHaveAttribute('aria-disabled');
    await add.click();
    await expect.element(screen.getByRole('table', { name: 'Explicit targets' })).toMatchTextContent(/search-index/);
    expect(stub.callsOf(addAgentTarget)[0]?.body).toEqual({ stackId: searchStack.id });
  });

  test('a target that was refused is told by its own name, whatever is chosen next', async () => {
    const mine = { generatorId: paymentsId, generatorName: 'payments' };
    const [ledger, billing] = [
      aStack({ name: 'ledger', ...mine }),
      aStack({ id: 'd5a8f0de-35b1-4e6a-b2d9-60e1b7d4f303', name: 'billing', ...mine }),
    ];
    aConsole()
      .answers(listStacks, aPage([ledger, billing]))
      .answers(addAgentTarget, new ProblemError('broker_refused', 'no'));
    const { screen } = await open('/targets');
    const pick = async (name: RegExp) => {
      await screen.getByRole('combobox', { name: 'Stack' }).click();
      await screen.getByRole('option', { name }).click();
    };
    await pick(/^ledger/);
    await screen.getByRole('button', { name: 'Add target' }).click();
    await expect.element(screen.getByText('Target not added: ledger')).toBeVisible();
    await pick(/^billing/);
    await expect.element(screen.getByRole('combobox', { name: 'Stack' })).toHaveValue('billing');
    await expect.element(screen.getByText('Target not added: ledger')).toBeVisible();
  });

  test('deregistering says how many targets go with it', async () => {
    let rows = [registration({ targets: 3 })];
    const stub = aConsole()
      .answers(listAgentRegistrations, () => ({ rows, ...now() }))
      .answers(deregisterAgent, () => ({ rows: (rows = []), ...now() }));
    const { screen } = await open('/registrations');
    await screen.getByRole('button', { name: 'Actions for payments' }).click();
    await screen.getByRole('menuitem', { name: 'Deregister…' }).click();
    await expect.element(screen.getByRole('dialog')).toMatchTextContent(/3 explicit targets on stacks of this generator go with it/);
    await screen.getByRole('dialog').getByRole('button', { name: 'Deregister' }).click();
    await expect.element(screen.getByText('No registrations')).toBeVisible();
    expect(stub.callsOf(deregisterAgent)[0]?.body).toEqual({ generatorId: paymentsId });
  });
});

describe('with a generator’s key', () => {
  test('the record of the agent is shown, what is not says why, and the next step is a target of one’s own', async () => {
    const reading = [readAgent, readAgentLabels, readAgentAnnotations, listAgentTargets, listAgentRegistrations, listReachReasons];
    const stub = aConsole()
      .answers(listAgents, aPage([anAgent({ state: 'unknown' })]))
      .answers(listStacks, aPage([aStack({ name: 'ledger' })]));
    const { screen } = await open('', aSession('operator', reading));
    await expect.element(screen.getByRole('heading', { level: 1, name: 'edge-runner' })).toBeVisible();
    await expect.element(screen.getByText('Your key shows the record of this agent, and nothing of what it reports.')).toBeVisible();
    await expect.element(screen.getByText(/^not known$/).first()).toBeVisible();
    const form = screen.getByRole('form', { name: 'Add target' });
    await form.getByRole('combobox', { name: 'Stack' }).click();
    await expect.element(screen.getByRole('option', { name: /ledger/ })).toBeVisible();
    await expect.element(screen.getByRole('link', { name: 'To your stacks' })).toHaveAttribute('href', '/stacks');
    for (const endpoint of reading) expect(stub.callsOf(endpoint)).toEqual([]);
  });

  test('an id that its list does not hold is no agent to it', async () => {
    aConsole().answers(listAgents, aPage([]));
    const { screen } = await open('/events', aSession('operator', [readAgent]));
    await expect.element(screen.getByText('There is no agent with this id')).toBeVisible();
  });
});

describe('what cannot be read', () => {
  test('one part that fails says so itself; the rest of the page stays', async () => {
    aConsole().answers(readAgentLabels, new ProblemError('broker_timeout', 'late'));
    const { screen } = await open('/labels');
    await expect.element(screen.getByRole('alert').filter({ hasText: 'broker_timeout' })).toMatchTextContent(/The labels were not read/);
    await expect.element(screen.getByRole('heading', { name: 'edge-runner' })).toBeVisible();
  });

  test('an agent read before stays, with its age, while it cannot be read again', async () => {
    const stub = aConsole();
    const { screen, client } = await open();
    await expect.element(screen.getByRole('heading', { name: 'edge-runner' })).toBeVisible();
    stub.answers(readAgent, new ProblemError('broker_unreachable', 'gone'));
    await client.refetchQueries({ queryKey: ['agent', agentId, 'detail'] });
    await expect.element(screen.getByText(/^As of/)).toBeVisible();
    await expect.element(screen.getByRole('heading', { name: 'edge-runner' })).toBeVisible();
  });

  test('a deleted agent leaves a tombstone: who, why, and its history', async () => {
    const deletion = anAuditRow({ type: 'agent.deleted', reason: 'rack is gone' });
    aConsole()
      .answers(readAgent, new ProblemError('not_found', 'no such agent'))
      .answers(listAgentHistory, { rows: [deletion], asOf: new Date().toISOString() });
    const { screen } = await open();
    await expect.element(screen.getByText(/Mara Lindqvist deleted it/)).toBeVisible();
    await expect.element(screen.getByText('Reason: rack is gone')).toBeVisible();
    await expect.element(screen.getByRole('heading', { name: 'edge-runner' })).toBeVisible();
  });
});
