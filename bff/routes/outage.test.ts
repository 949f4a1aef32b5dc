import { afterEach, expect, test } from 'vitest';
import { noBreakers } from '#bff/broker/testing/a-broker.ts';
import { listLabelsOfAgents } from '#contract/agent-tags.ts';
import { listAgentHistory, listAgents, setAgentStatus } from '#contract/agents.ts';
import { SendFailure } from '#contract/ports.ts';
import { anAgent } from '#simulator/builders.ts';
import { problemOf, startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
let agentIds: string[];
let asked: number;
afterEach(() => it.stop());

async function start(options: Parameters<typeof startTestConsole>[0] = {}) {
  it = await startTestConsole({ scenario: 'empty', ...options });
  agentIds = it.simulator
    .seed({ agents: Array.from({ length: 40 }, (_, n) => anAgent({ name: `agent-${n}`, status: 'INACTIVE' })) })
    .agents.map(({ id }) => id);
  asked = 0;
}
function die() {
  it.send.instead = async () => {
    asked += 1;
    throw new SendFailure('connect', false);
  };
}
/** A page on the fleet, reading every ten seconds as pages do. */
async function watch(ms: number) {
  for (const untilMs = it.clock.now() + ms; it.clock.now() < untilMs;) {
    await it.clock.until(Promise.allSettled([it.call(listAgents), it.call(listLabelsOfAgents, { query: { agents: agentIds.join(',') } })]));
    await it.clock.advance(10_000);
  }
}
const list = () => it.clock.until(it.call(listAgents));

test('while the broker is left alone the list shows what was last known, and says since when', async () => {
  await start();
  await list();
  die();
  await watch(120_000);
  const page = await list();
  expect(page).toMatchObject({ total: 40, stale: { code: 'broker_unreachable' } });
  expect(page.stale?.sinceMs).toBeGreaterThan(100_000);
});
test('a change is then refused at once, says when to try again, and has not happened', async () => {
  await start();
  const { rows } = await list();
  const target = rows[0];
  die();
  await watch(60_000);
  asked = 0;
  const refused = await problemOf(
    it.call(setAgentStatus, { params: { agentId: target?.id ?? '' }, etag: target?.etag ?? '', body: { status: 'ACTIVE' } }),
  );
  expect(refused).toMatchObject({ code: 'broker_unreachable', status: 503 });
  expect(refused.retry_after_s).toBeGreaterThanOrEqual(1);
  expect(refused.outcome).toBeUndefined();
  expect(asked).toBe(0);
});
test('within 15 s of its recovery the broker is asked again, and the list is fresh at its next turn', async () => {
  await start();
  await list();
  die();
  await watch(600_000);
  it.send.instead = undefined;
  it.simulator.seed({ agents: [anAgent({ name: 'new-comer' })] });
  await it.clock.advance(15_000);
  await it.clock.advance(5_000);
  expect(await list()).toMatchObject({ total: 41, stale: null });
});
test.each([
  ['a dead broker is asked a few times', {}, [5, 40]],
  ['without the breaker every read of the page would go to it', { breakers: noBreakers }, [160, 400]],
] as const)('%s', async (_what, options, [least, most]) => {
  await start(options);
  await list();
  die();
  await watch(40_000);
  expect(asked).toBeGreaterThanOrEqual(least);
  expect(asked).toBeLessThanOrEqual(most);
});

test.each([
  ['reading what it would change, it has not begun', 'GET', 'broker_timeout', 'failure'],
  ['changing it, nobody knows', 'PUT', 'outcome_unknown', 'unknown'],
] as const)('of a change that timed out while %s, and so says its row', async (_what, hangs, code, outcome) => {
  await start();
  const { rows } = await list();
  const agentId = rows[0]?.id ?? '';
  it.send.instead = (request) => (request.method === hangs ? Promise.reject(new SendFailure('timeout', true)) : it.through(request));
  const changing = it.call(setAgentStatus, { params: { agentId }, etag: rows[0]?.etag ?? '', body: { status: 'ACTIVE' } });
  expect(await problemOf(changing)).toMatchObject({ code });
  it.send.instead = undefined;
  const history = await it.clock.until(it.call(listAgentHistory, { params: { agentId } }));
  expect(history.rows).toMatchObject([{ outcome, code }]);
});
