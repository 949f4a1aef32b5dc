import { expect, test, vi } from 'vitest';
import { aChange, callerOf, runner, testServices } from '#bff/testing/services.ts';
import type { ConfigurationChange } from '#contract/configuration.ts';
import { ProblemError } from '#contract/problem.ts';
import { configurationRoutes } from './configuration.ts';

const change: ConfigurationChange = { before: { LOG_LEVEL: 'info' }, after: { LOG_LEVEL: 'warn' } };
async function reloading(reload = vi.fn<() => ConfigurationChange>(() => change)) {
  const world = await testServices({ reload });
  const [route] = configurationRoutes;
  if (!route) throw new Error('there is no route');
  const call = runner(world.services);
  return {
    ...world,
    reload,
    run: (n: number, role: 'viewer' | 'operator' | 'admin' = 'admin') => call(route, aChange(n, { body: {} }), callerOf(role)),
  };
}

test('an admin reads the configuration again, once for one key however often it is sent', async () => {
  const { run, reload, audit } = await reloading();
  expect([await run(1), await run(1)]).toEqual([change, change]);
  expect(reload).toHaveBeenCalledTimes(1);
  expect(await audit()).toMatchObject([{ type: 'config.update', outcome: 'success', person: { id: 'account:admin' } }]);
  await run(2);
  expect(reload).toHaveBeenCalledTimes(2);
});
test.each(['viewer', 'operator'] as const)('%s may not, and nothing is read', async (role) => {
  const { run, reload, audit } = await reloading();
  await expect(run(1, role)).rejects.toMatchObject({ code: 'role_required', problem: { needs: 'admin' } });
  expect(reload).not.toHaveBeenCalled();
  expect(await audit()).toMatchObject([{ type: 'authz.access.denied', outcome: 'denied' }]);
});
test('without its record it is not read', async () => {
  const { services, run, reload } = await reloading();
  services.audit.begin = () => Promise.reject(new ProblemError('audit_unavailable', 'No'));
  await expect(run(1)).rejects.toMatchObject({ code: 'audit_unavailable' });
  expect(reload).not.toHaveBeenCalled();
});
test('faults are a refusal that names them, and recorded as such', async () => {
  const errors = [{ path: 'LIMIT_QUEUE', code: 'faulty', message: 'a number is needed' }];
  const { run, audit } = await reloading(
    vi.fn<() => ConfigurationChange>(() => {
      throw new ProblemError('configuration_faulty', 'No', { errors });
    }),
  );
  await expect(run(1)).rejects.toMatchObject({ problem: { status: 409, errors } });
  expect(await audit()).toMatchObject([
    { type: 'config.update', outcome: 'failure', code: 'configuration_faulty', resource: { kind: 'console' } },
  ]);
});
