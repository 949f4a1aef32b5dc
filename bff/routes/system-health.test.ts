import { expect, test } from 'vitest';
import { aRequest, callerOf, runner, testServices } from '#bff/testing/services.ts';
import { readSystemHealth, type ComponentHistory, type SystemHealth } from '#contract/system-health.ts';
import { systemHealthRoutes } from './system-health.ts';

const component = (name: ComponentHistory['component'], status: ComponentHistory['status']): ComponentHistory => ({
  component: name,
  status,
  since: '2026-03-02T09:15:31.000Z',
  message: '',
  latencyMs: 1,
  p95Ms: 1,
  lastError: null,
  minutes: [],
});
const health: SystemHealth = {
  overall: 'failed',
  components: [component('broker', 'ok'), component('disk', 'degraded'), component('agents', 'failed')],
  until: '2026-03-02T09:15:30.000Z',
  stepMs: 30_000,
  series: [],
  brokerVersion: null,
  asOf: '2026-03-02T09:15:31.000Z',
};
async function read(tenant?: string): Promise<SystemHealth> {
  const { services } = await testServices({ systemHealth: async () => health, tenantScope: async () => undefined });
  const caller = callerOf('operator');
  const credential = { ...caller.credential, ...(tenant !== undefined && { tenant }) };
  const [route] = systemHealthRoutes;
  if (route?.endpoint.id !== readSystemHealth.id) throw new Error('no route');
  return (await runner(services)(route, aRequest(), { ...caller, credential })) as SystemHealth;
}

test('whoever sees all agents is told how they are', async () => {
  expect(await read()).toEqual(health);
});
test('a generator’s key is told nothing of the agents, which are everybody’s: also not by the whole', async () => {
  const { overall, components } = await read('generator');
  expect([overall, components.map((it) => it.component)]).toEqual(['degraded', ['broker', 'disk']]);
});
