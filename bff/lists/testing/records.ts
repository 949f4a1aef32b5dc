import type { WireAgentEvent, WireFleetRecord } from '#bff/broker/wire.ts';

export const idOf = (n: number) => `${n.toString(16).padStart(8, '0')}-0b7e-4c39-9a41-2d5f6e8b1a01`;
/** A record of the fleet in which nothing is wrong, but for what a test says. */
export const aRecord = (n: number, told: Partial<WireFleetRecord> = {}): WireFleetRecord => ({
  agent_id: idOf(n),
  name: `agent-${n}`,
  cluster_name: 'fra-prod-2',
  status: 'ACTIVE',
  ws_connected: false,
  connected_since: null,
  last_heartbeat: '2026-03-02T09:15:27.481236Z',
  heartbeat_age_seconds: 4,
  pending_object_count: 0,
  pending_work_orders: 0,
  claimed_work_orders: 0,
  last_event_at: null,
  seconds_since_last_event: null,
  health_failing: 0,
  health_degraded: 0,
  k8s_reachable: true,
  k8s_api_latency_ms: 11,
  ...told,
});
export const anEvent = (agent: number, at: string, status: string): WireAgentEvent => ({
  id: idOf(1_000 + agent),
  created_at: at,
  agent_id: idOf(agent),
  deployment_object_id: idOf(2_000),
  event_type: 'DEPLOY',
  status,
  message: null,
});
export const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
