import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addAgentTarget,
  deregisterAgent,
  listAgentRegistrations,
  listAgentTargets,
  registerAgent,
  removeAgentTarget,
} from '#contract/agent-bonds.ts';
import { addAgentAnnotation, addAgentLabel, readAgentAnnotations, readAgentLabels, removeAgentLabel } from '#contract/agent-tags.ts';
import { readAgent, renameAgent, setAgentStatus } from '#contract/agents.ts';
import { SendFailure } from '#contract/ports.ts';
import { addStackLabel, readStackLabels } from '#contract/stack-tags.ts';
import { deleteStack, editStack, readStack } from '#contract/stacks.ts';
import { aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
let agent: { agentId: string };
let stack: { stackId: string };
let ids: Record<string, string>;
beforeEach(async () => {
  it = await startTestConsole({ scenario: 'empty' });
  const { generators, stacks } = it.simulator.seed({
    generators: [aGenerator({ name: 'payments' }), aGenerator({ name: 'shop' })],
    stacks: [aStack({ name: 'ledger', generator: 'payments' }), aStack({ name: 'cards', generator: 'payments' })],
    agents: [anAgent({ name: 'edge', targets: ['ledger'], labels: ['old'] })],
  });
  ids = Object.fromEntries([...generators, ...stacks].map(({ name, id }) => [name, id]));
  agent = { agentId: it.simulator.agents.find('edge').id };
  stack = { stackId: ids['ledger'] ?? '' };
});
afterEach(() => it.stop());

const agentNow = async () => (await it.call(readAgent, { params: agent })).agent;
const labels = () => it.call(readAgentLabels, { params: agent });
const annotations = () => it.call(readAgentAnnotations, { params: agent });
const targets = async () => (await it.call(listAgentTargets, { params: agent })).rows.map(({ stackName }) => stackName ?? '').toSorted();
const consents = async () => (await it.call(listAgentRegistrations, { params: agent })).rows.map(({ generatorName }) => generatorName);
const stackNow = async () => (await it.call(readStack, { params: stack })).stack;
const stackLabels = () => it.call(readStackLabels, { params: stack });

/** A change with what is looked at before and after it. */
const changes: [string, () => Promise<unknown>, (etag: string) => Promise<unknown>, unknown][] = [
  ['a new name', agentNow, (etag) => it.call(renameAgent, { params: agent, etag, body: { name: 'new' } }), { name: 'new' }],
  [
    'a new status',
    agentNow,
    (etag) => it.call(setAgentStatus, { params: agent, etag, body: { status: 'INACTIVE' } }),
    { status: 'INACTIVE' },
  ],
  ['a label', labels, (etag) => it.call(addAgentLabel, { params: agent, etag, body: { label: 'new' } }), { items: ['new', 'old'] }],
  ['a label less', labels, (etag) => it.call(removeAgentLabel, { params: agent, etag, body: { label: 'old' } }), { items: [] }],
  [
    'an annotation',
    annotations,
    (etag) => it.call(addAgentAnnotation, { params: agent, etag, body: { key: 'k', value: 'v' } }),
    { items: [{ key: 'k', value: 'v' }] },
  ],
  ['a target', targets, () => it.call(addAgentTarget, { params: agent, body: { stackId: ids['cards'] } }), ['cards', 'ledger']],
  ['a target less', targets, () => it.call(removeAgentTarget, { params: agent, body: stack }), []],
  [
    'consent',
    consents,
    () => it.call(registerAgent, { params: agent, body: { generatorId: ids['shop'] } }),
    ['__system__', 'payments', 'shop'],
  ],
  ['consent less', consents, () => it.call(deregisterAgent, { params: agent, body: { generatorId: ids['payments'] } }), ['__system__']],
  ['a stack’s new name', stackNow, (etag) => it.call(editStack, { params: stack, etag, body: { name: 'new' } }), { name: 'new' }],
  ['a stack’s label', stackLabels, (etag) => it.call(addStackLabel, { params: stack, etag, body: { label: 'new' } }), { items: ['new'] }],
];
const etagOf = (seen: unknown): string => (typeof seen === 'object' && seen !== null && 'etag' in seen ? String(seen.etag) : '');
/** The broker does what it is asked, and nobody hears of it. */
function loseAnswers(meanwhile: () => Promise<unknown> = async () => undefined) {
  it.send.instead = async (request) => {
    if (request.method === 'GET') return it.through(request);
    await meanwhile();
    await it.through(request);
    throw new SendFailure('reset', true);
  };
}

test.each(changes)('%s is shown at the next look though its answer was lost', async (_what, look, change, expected) => {
  const etag = etagOf(await look());
  loseAnswers();
  expect(await problemOf(change(etag))).toMatchObject({ code: 'outcome_unknown', status: 504 });
  expect(await look()).toEqual(Array.isArray(expected) ? expected : expect.objectContaining(expected));
});
test.each(changes)('%s is shown also when somebody looked while it was on its way', async (_what, look, change, expected) => {
  const etag = etagOf(await look());
  loseAnswers(look);
  expect(await problemOf(change(etag))).toMatchObject({ code: 'outcome_unknown' });
  expect(await look()).toEqual(Array.isArray(expected) ? expected : expect.objectContaining(expected));
});
test('a stack is gone at the next look though nobody heard that it was deleted', async () => {
  await stackNow();
  loseAnswers();
  expect(await problemOf(it.call(deleteStack, { params: stack, body: { reason: 'not needed' } }))).toMatchObject({
    code: 'outcome_unknown',
  });
  expect(await problemOf(stackNow())).toMatchObject({ code: 'not_found' });
});
