import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Difference } from '#bff/lists/snapshot-host.ts';
import { deleteAgent, listAgents } from '#contract/agents.ts';
import type { Credential } from '#contract/ports.ts';
import { submitRevision } from '#contract/revisions.ts';
import { deleteStack, editStack, listStackFacts, listStacks, readStack } from '#contract/stacks.ts';
import { aConfigMap, aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { problemOf, startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
let told: ReturnType<typeof vi.fn<(change: Difference) => void>>;
let ids: Record<'ledger' | 'billing' | 'agent' | 'payments', string>;
const pak = 'brokkr_BRtstpay_9DrnSwYy5Jo3cVgZx8LeQt2MhAbFkW4uR';
const tenant = (): Credential => ({ id: `generator:${ids.payments}`, pak, tenant: ids.payments });

beforeEach(async () => {
  told = vi.fn<(change: Difference) => void>();
  it = await startTestConsole({ scenario: 'empty', onOutsideChange: told });
  const { generators, stacks, agents } = it.simulator.seed({
    generators: [aGenerator({ name: 'payments', pak })],
    stacks: [
      aStack({ name: 'ledger', generator: 'payments', revisions: [aConfigMap('a')] }),
      aStack({ name: 'billing', generator: 'payments' }),
    ],
    agents: [anAgent({ name: 'edge-1' })],
  });
  ids = {
    ledger: stacks[0]?.id ?? '',
    billing: stacks[1]?.id ?? '',
    agent: agents[0]?.id ?? '',
    payments: generators[0]?.id ?? '',
  };
  await look();
});
afterEach(() => it.stop());

/** Reads what people look at, with every age gone by. */
async function look() {
  await it.clock.advance(61_000);
  await Promise.all([it.call(listAgents), it.call(listStacks), it.call(listStackFacts, { query: { stacks: ids.ledger } })]);
  await it.clock.advance(1_000);
}
const rowOf = async (name: string) => (await it.call(listStacks, { query: { q: name } })).rows[0];
/** Somebody else changes something, and the broker takes it. */
async function outside(...request: Parameters<TestConsole['outside']>) {
  expect((await it.outside(...request)).status).toBeLessThan(300);
}
async function renameOutside() {
  const { rows } = await it.call(listStacks, { query: { q: 'ledger' } });
  const [row] = rows;
  await outside('PUT', `/stacks/${ids.ledger}`, {
    json: {
      id: ids.ledger,
      created_at: row?.createdAt,
      updated_at: row?.updatedAt,
      generator_id: ids.payments,
      name: 'ledger-eu',
    },
  });
}
const seen = () => told.mock.calls.map(([change]) => change);

test('a stack that somebody renamed elsewhere is noticed by the next read of the list, once', async () => {
  await renameOutside();
  await look();
  await look();
  expect(seen()).toMatchObject([
    { of: 'stack', id: ids.ledger, name: 'ledger-eu', before: { name: 'ledger' }, after: { name: 'ledger-eu' } },
  ]);
});
test('so it is by the read of the stack alone', async () => {
  await renameOutside();
  await it.call(readStack, { params: { stackId: ids.ledger } });
  expect(seen()).toMatchObject([{ of: 'stack', after: { name: 'ledger-eu' } }]);
});
test('one that somebody deleted elsewhere is noticed, by the list or by who opens it', async () => {
  await outside('DELETE', `/stacks/${ids.billing}`);
  await look();
  await outside('DELETE', `/stacks/${ids.ledger}`);
  await problemOf(it.call(readStack, { params: { stackId: ids.ledger } }));
  await look();
  expect(seen()).toMatchObject([
    { of: 'stack', id: ids.billing, name: 'billing', before: { name: 'billing' }, after: null },
    { of: 'stack', id: ids.ledger, name: 'ledger', after: null },
  ]);
});
test('so is an agent that somebody deleted', async () => {
  await outside('DELETE', `/agents/${ids.agent}`);
  await look();
  expect(seen()).toMatchObject([{ of: 'agent', id: ids.agent, name: 'edge-1', after: null }]);
});
test('a revision that somebody submitted elsewhere is noticed by the reads that pages make anyway', async () => {
  await outside('POST', `/stacks/${ids.ledger}/deployment-objects`, { yaml: aConfigMap('elsewhere') });
  const before = it.upstream();
  await look();
  expect(seen()).toMatchObject([
    { of: 'revision', id: ids.ledger, name: 'ledger', before: { sequence: expect.any(Number) }, after: { isDeletionMarker: false } },
  ]);
  const reads = 'GET /api/v1/stacks/{id}/deployment-objects';
  expect((it.upstream()[reads] ?? 0) - (before[reads] ?? 0)).toBe(1);
});
test('what the console does itself is not taken for it', async () => {
  const { current } = await it.call(readStack, { params: { stackId: ids.ledger } });
  const params = { stackId: ids.ledger };
  await it.call(submitRevision, { params, etag: `"${current?.id}"`, body: { yaml: aConfigMap('own') } });
  await it.call(editStack, { params, etag: (await rowOf('ledger'))?.etag ?? '', body: { name: 'ledger-us' } });
  await it.call(deleteStack, { params: { stackId: ids.billing }, body: { reason: 'not used any more' } });
  await it.call(deleteAgent, { params: { agentId: ids.agent }, body: { reason: 'not used any more' } });
  await look();
  await look();
  expect(seen()).toEqual([]);
});
test('nor by another credential that reads the same stacks', async () => {
  const theirs = async () => {
    await it.call(listStacks, { credential: tenant(), as: 'operator' });
    await it.clock.advance(61_000);
    await it.call(listStacks, { credential: tenant(), as: 'operator' });
  };
  await theirs();
  await it.call(editStack, { params: { stackId: ids.ledger }, etag: (await rowOf('ledger'))?.etag ?? '', body: { name: 'ledger-us' } });
  await theirs();
  expect(seen()).toEqual([]);
});
test('a generator’s key does not call deleted what may have been given to another', async () => {
  const theirs = () => it.call(listStacks, { credential: tenant(), as: 'operator' });
  await it.clock.advance(40_000); // nobody watches the list that shows everybody’s any more
  await theirs();
  await outside('DELETE', `/stacks/${ids.billing}`);
  await it.clock.advance(6_000);
  expect((await theirs()).rows.map(({ name }) => name)).toEqual(['ledger']);
  expect(seen()).toEqual([]);
});
