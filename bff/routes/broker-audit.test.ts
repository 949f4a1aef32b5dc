import { afterEach, expect, test } from 'vitest';
import { renameAgent, listAgents } from '#contract/agents.ts';
import { listBrokerAudit } from '#contract/ledger.ts';
import { startTestConsole } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(() => it.stop());

test('the broker’s own record is shown beside ours, page by page, one read each', async () => {
  it = await startTestConsole({ scenario: 'empty', agents: 1 });
  const [agent] = (await it.call(listAgents)).rows;
  await it.call(renameAgent, { params: { agentId: agent?.id ?? '' }, etag: agent?.etag ?? '', body: { name: 'renamed' } });
  await it.clock.advance(1_500); // its rows are up to a second late
  const { rows, total } = await it.call(listBrokerAudit, { query: { action: 'agent.*', resourceId: agent?.id ?? '', limit: '5' } });
  expect(total).toBe(1);
  expect(rows[0]).toMatchObject({
    actor: 'admin',
    action: 'agent.updated',
    resourceKind: 'agent',
    resourceId: agent?.id,
    details: { name: 'renamed' },
  });
  expect(it.simulator.count.of('GET /api/v1/admin/audit-logs')).toBe(1);
});
