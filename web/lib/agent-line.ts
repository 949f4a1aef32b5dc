import type { AgentRow } from '#contract/agents.ts';
import { fleet } from './words/en/fleet.ts';

/** The facts of one agent in a line, those that explain its state first; what is fine and does not explain it is left out last. */
export function agentLine(agent: AgentRow): string[] {
  const { line } = fleet;
  return [
    agent.clusterName,
    ...(agent.healthFailing > 0 ? [line.failing(agent.healthFailing)] : []),
    ...(agent.healthDegraded > 0 ? [line.degraded(agent.healthDegraded)] : []),
    ...(agent.pendingObjects > 0 ? [line.pending(agent.pendingObjects)] : []),
    ...(agent.k8sReachable === false ? [line.unreachable] : []),
    ...(agent.status !== 'ACTIVE' && agent.state !== 'inactive' ? [agent.status.toLowerCase()] : []),
    line.connection[agent.connection],
    ...(agent.k8sReachable !== false && agent.k8sLatencyMs !== null ? [`${agent.k8sLatencyMs} ms`] : []),
  ];
}
