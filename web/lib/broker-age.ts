import type { AgentRow } from '#contract/agents.ts';

/**
 * How old `at`, a time of the broker, was when this agent's facts left the server. Told from the one moment of which both
 * the broker's time and the age are known: local clock minus a foreign timestamp would be neither. Null before a heartbeat.
 */
export function brokerAge(
  { lastHeartbeat, heartbeatAgeMs }: Pick<AgentRow, 'lastHeartbeat' | 'heartbeatAgeMs'>,
  at: string | null,
): number | null {
  if (at === null || lastHeartbeat === null || heartbeatAgeMs === null) return null;
  const age = Date.parse(lastHeartbeat) + heartbeatAgeMs - Date.parse(at);
  return Number.isFinite(age) ? Math.max(0, age) : null;
}
