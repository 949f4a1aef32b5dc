import { expect, test } from 'vitest';
import { reachIndexes } from '#bff/reach/indexes.ts';
import { createMemoryReachStore } from '#bff/reach/memory-store.ts';
import { listAgentRegistrations, listAgentTargets } from '#contract/agent-bonds.ts';
import { listLabelsOfAgents, readAgentAnnotations, readAgentLabels } from '#contract/agent-tags.ts';
import { listAgentEvents, listAgents, readAgent } from '#contract/agents.ts';
import { readAgentReach, readReachMatrix } from '#contract/reach.ts';
import { listRevisions } from '#contract/revisions.ts';
import { readStackLabels } from '#contract/stack-tags.ts';
import { listStackFacts, listStacks, readStack } from '#contract/stacks.ts';
import { startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

const pollMs = 10_000;
const polls = 15;
/** Whole rhythms, cut where no read begins: the longest is a minute. */
const countedMs = [14_000, 134_000] as const;

/** What the pages of lists, of one agent and of one stack ask again while somebody looks at them. */
async function screens(it: TestConsole): Promise<(() => Promise<unknown>)[]> {
  const [agents, stacks] = await Promise.all([it.call(listAgents), it.call(listStacks)]);
  const agent = { params: { agentId: agents.rows[0]?.id ?? '' } };
  const stack = { params: { stackId: stacks.rows[0]?.id ?? '' } };
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join(',');
  return [
    () => it.call(listAgents),
    () => it.call(listLabelsOfAgents, { query: { agents: ids(agents.rows) } }),
    () => it.call(listStacks),
    () => it.call(listStackFacts, { query: { stacks: ids(stacks.rows) } }),
    () => it.call(readAgent, agent),
    () => it.call(listAgentEvents, agent),
    () => it.call(listAgentTargets, agent),
    () => it.call(listAgentRegistrations, agent),
    () => it.call(readAgentLabels, agent),
    () => it.call(readAgentAnnotations, agent),
    () => it.call(readAgentReach, agent),
    () => it.call(readStack, stack),
    () => it.call(readStackLabels, stack),
    () => it.call(readReachMatrix, stack),
    () => it.call(listRevisions, stack),
  ];
}
/** When so many tabs ask: scattered over the ten seconds, each poll a little off its time. */
const momentsOf = (tabs: number) =>
  Array.from({ length: tabs * polls }, (_, index) => {
    const [poll, tab] = [Math.floor(index / tabs), index % tabs];
    return poll * pollMs + ((tab * 6_180) % pollMs) + ((poll * 37 + tab * 91) % 150);
  }).toSorted((a, b) => a - b);

/** What the broker is asked by so many tabs in two minutes, the reach walk paused. */
async function upstreamOf(tabs: number): Promise<Record<string, number>> {
  const it = await startTestConsole({ reachOf: reachIndexes({ store: createMemoryReachStore() }) });
  it.worlds.walk(false);
  const asked = await screens(it);
  const counts: Record<string, number>[] = [];
  let nowMs = 0;
  const passTo = async (atMs: number) => {
    await it.clock.advance(atMs - nowMs);
    nowMs = atMs;
  };
  for (const atMs of momentsOf(tabs)) {
    const edgeMs = countedMs[counts.length];
    if (edgeMs !== undefined && edgeMs <= atMs) {
      await passTo(edgeMs);
      counts.push(it.upstream());
    }
    await passTo(atMs);
    await Promise.all(asked.map((ask) => ask()));
  }
  await it.worlds.close();
  it.stop();
  const [before = {}, after = {}] = counts;
  return Object.fromEntries(Object.entries(after).map(([operation, count]) => [operation, count - (before[operation] ?? 0)]));
}

test('fifty tabs, whenever each of them asks, cost the broker what one tab costs', { timeout: 30_000 }, async () => {
  const one = await upstreamOf(1);
  expect(one).toMatchObject({ 'GET /api/v1/fleet': 24, 'GET /api/v1/agents/{id}': 12, 'GET /api/v1/stacks/{id}': 12 });
  expect(await upstreamOf(50)).toEqual(one);
});
