import { expect, test } from 'vitest';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import type { Log } from '#contract/ports.ts';
import { createSimulator } from '#simulator/simulator.ts';
import { manualClock } from '#simulator/testing/manual-clock.ts';
import { createReachIndex } from './index.ts';
import type { ReachSource } from './visits.ts';
import { createReachWalk } from './walk.ts';

const adminPak = `brokkr_BRtest0000_${'x'.repeat(32)}`;
const warnings: string[] = [];
const log: Log = { debug() {}, info() {}, warn: (message) => void warnings.push(message), error() {}, child: () => log };

function fleet() {
  const simulator = createSimulator({ seed: 1, clock: manualClock(), scenario: 'default', adminPak });
  async function send(method: string, path: string, body?: unknown) {
    const headers = { authorization: adminPak, 'content-type': 'application/json' };
    const answer = await simulator.send({
      method,
      path: `/api/v1${path}`,
      headers,
      ...(body === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(body)) }),
    });
    const text = new TextDecoder().decode(answer.bytes);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text;
  }
  const rows = async (path: string) => JSON.parse(await send('GET', path)) as Record<string, string>[];
  const column = async (path: string, name: string) => (await rows(path)).map((row) => row[name] ?? '');
  const pairs = async (path: string) => (await rows(path)).map(({ key = '', value = '' }) => ({ key, value }));
  const source: ReachSource = {
    labels: (id) => column(`/agents/${id}/labels`, 'label'),
    annotations: (id) => pairs(`/agents/${id}/annotations`),
    stacksOf: (id) => column(`/agents/${id}/stacks`, 'id'),
    stackLabels: (id) => column(`/stacks/${id}/labels`, 'label'),
    stackAnnotations: (id) => pairs(`/stacks/${id}/annotations`),
    registeredAgents: (id) => column(`/generators/${id}/registered-agents`, 'agent_id'),
  };
  const clock = testClock();
  const index = createReachIndex();
  const walk = createReachWalk({ index, source, clock, log });
  async function sets() {
    walk.setAgents(await column('/agents', 'id'));
    walk.setStacks((await rows('/stacks')).map(({ id = '', generator_id: generatorId = '' }) => ({ id, generatorId })));
  }
  async function walkOnce() {
    await sets();
    const before = walk.status().lastWalk;
    walk.resume();
    for (let turns = 0; walk.status().lastWalk === before && turns < 2_000; turns += 1) await clock.advance(100);
    walk.pause();
  }
  return { send, rows, column, source, index, walkOnce };
}
type Fleet = ReturnType<typeof fleet>;

/** Every agent's own answer, and its targets, beside the index. @returns how often each reason was given */
async function compare({ index, source, column }: Fleet) {
  const given = { target: 0, label: 0, annotation: 0 };
  for (const id of await column('/agents', 'id')) {
    const reach = index.stacksOf(id);
    expect(reach?.reached.map((it) => it.id).toSorted()).toEqual((await source.stacksOf(id, new AbortController().signal)).toSorted());
    const targets = await column(`/agents/${id}/targets`, 'stack_id');
    for (const pair of reach?.reached ?? []) {
      expect(pair.reasons.length).toBeGreaterThan(0);
      for (const { by } of pair.reasons) given[by] += 1;
      if (pair.reasons.some(({ by }) => by === 'target')) expect(targets).toContain(pair.id);
    }
  }
  return given;
}

test('over the made-up broker the index is its own answer for every agent, also one walk after changes made without the console', async () => {
  const made = fleet();
  await made.walkOnce();
  const given = await compare(made);
  expect(Math.min(given.target, given.label)).toBeGreaterThan(0);
  expect(made.index.differences()).toEqual({ agents: 0, pairs: 0 });

  const { send, rows, walkOnce, index } = made;
  const [agent, other] = await rows('/agents');
  const [stack, second] = await rows('/stacks');
  await send('POST', `/agents/${agent?.['id']}/labels`, { agent_id: agent?.['id'], label: 'added:outside' });
  await send('POST', `/stacks/${stack?.['id']}/labels`, 'added:outside');
  await send('POST', `/stacks/${stack?.['id']}/annotations`, { stack_id: stack?.['id'], key: 'added', value: 'outside' });
  await send('POST', `/agents/${other?.['id']}/annotations`, { agent_id: other?.['id'], key: 'added', value: 'outside' });
  await send('DELETE', `/stacks/${second?.['id']}`);
  const registered = await made.column(`/agents/${other?.['id']}/registrations`, 'generator_id');
  await send('DELETE', `/generators/${registered.at(-1)}/register`, { agent_id: other?.['id'] });
  await walkOnce();
  await compare(made);
  expect(index.agentsKnown().known).toBe(index.agentsKnown().total);
  expect(index.tagsOfStack(second?.['id'] ?? '')).toBeNull();
});
