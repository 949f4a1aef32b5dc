import { describe, expect, test } from 'vitest';
import { worstStatus, type Health } from '#contract/status.ts';
import { startConsole } from './testing/start-console.ts';

const fine = { component: 'disk', status: 'ok', message: 'fine', latency_ms: 1 } as const;
const broken = { component: 'disk', status: 'failed', message: 'connect ECONNREFUSED db-1.internal', latency_ms: 1 } as const;

describe('the probes', () => {
  const withStates = (broker: Health['components'][number], database: typeof broker, isDraining = false) => {
    const components = [{ ...broker, component: 'broker' as const }, { ...database, component: 'database' as const }, fine];
    return startConsole({ health: async () => ({ status: worstStatus(components), components }), isDraining: () => isDraining });
  };

  test('liveness asks nobody', async () => {
    const served = await withStates(broken, broken);
    expect((await served.ask('/liveness')).json()).toEqual({ status: 'ok' });
    await served.close();
  });
  test('health is 503 with the states when anything failed; readiness only for what the console itself needs', async () => {
    const brokerDown = await withStates(broken, fine);
    expect([(await brokerDown.ask('/health')).status, (await brokerDown.ask('/readiness')).status]).toEqual([503, 200]);
    expect((await brokerDown.ask('/readiness')).json()).toMatchObject({ status: 'degraded' });
    await brokerDown.close();
    const storeDown = await withStates(fine, broken);
    expect([(await storeDown.ask('/health')).status, (await storeDown.ask('/readiness')).status]).toEqual([503, 503]);
    await storeDown.close();
  });
  test('a browser that goes to the address of the screen gets the page, a probe the states', async () => {
    const served = await withStates(fine, fine);
    const page = await served.ask('/health', { headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' } });
    expect(page.text).not.toContain('components');
    for (const accept of ['*/*', 'application/json', 'text/plain, */*;q=0.1']) {
      const states = await served.ask('/health', { headers: { accept } });
      expect(states.json()).toMatchObject({ status: 'ok' });
      expect(states.headers['vary']).toMatch(/accept/i);
    }
    await served.close();
  });
  test('readiness says no as soon as the console is leaving', async () => {
    const leaving = await withStates(fine, fine, true);
    expect([(await leaving.ask('/readiness')).status, (await leaving.ask('/health')).status]).toEqual([503, 200]);
    await leaving.close();
  });
  test('only people who are signed in read messages and latencies', async () => {
    const served = await withStates(broken, fine);
    const anonymous = await served.ask('/health');
    expect(anonymous.json()).toEqual({
      status: 'failed',
      components: [
        { component: 'broker', status: 'failed' },
        { component: 'database', status: 'ok' },
        { component: 'disk', status: 'ok' },
      ],
    });
    expect((await served.ask('/health', { as: 'viewer' })).text).toContain('ECONNREFUSED');
    await served.close();
  });
});
