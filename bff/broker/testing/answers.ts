import { ProblemError } from '#contract/problem.ts';

export const agentId = '7f3c1d52-0b7e-4c39-9a41-2d5f6e8b1a01';
/** When everything happened. */
export const at = '2026-03-02T09:15:27.481236Z';
/** An agent as the broker spells it. */
export const aWireAgent = {
  id: agentId,
  created_at: at,
  updated_at: at,
  deleted_at: null,
  name: 'edge-runner',
  cluster_name: 'fra-prod-2',
  last_heartbeat: at,
  status: 'ACTIVE',
  k8s_reachable: true,
  k8s_api_latency_ms: 11,
  k8s_reported_at: at,
};
/** What a call that must fail failed with. */
export const problemOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof ProblemError)) throw new Error(`no problem but ${String(error)}`);
  return error.problem;
};
