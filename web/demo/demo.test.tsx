import { afterEach, expect, test } from 'vitest';
import { anAgent } from '#simulator/builders.ts';
import { listAgents, setAgentStatus } from '#contract/agents.ts';
import { call } from '#web/api/call.ts';
import { type Mounted, mountInBrowser } from './mount-in-browser.ts';

let mounted: Mounted | undefined;
afterEach(() => mounted?.stop());
const page = { query: { limit: '25' } };

test('a page without a server is answered by the console’s own routes over the simulated broker', async () => {
  mounted = await mountInBrowser();
  mounted.simulator.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const { rows } = await call(listAgents, page);
  expect(rows).toMatchObject([{ name: 'edge-runner', state: 'active' }]);
  const [agent] = rows;
  if (!agent) throw new Error('no row');
  await call(setAgentStatus, { params: { agentId: agent.id }, headers: { 'if-match': agent.etag }, body: { status: 'INACTIVE' } });
  expect(mounted.simulator.agents.find('edge-runner').status).toBe('INACTIVE');
});

test('its roles are the console’s: a viewer changes nothing', async () => {
  mounted = await mountInBrowser({ role: 'viewer' });
  mounted.simulator.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const { rows } = await call(listAgents, page);
  const change = call(setAgentStatus, {
    params: { agentId: rows[0]?.id ?? '' },
    headers: { 'if-match': rows[0]?.etag ?? '' },
    body: { status: 'INACTIVE' },
  });
  await expect(change).rejects.toMatchObject({ problem: { code: 'role_required', needs: 'operator' } });
  expect(mounted.simulator.agents.find('edge-runner').status).toBe('ACTIVE');
});
