import type { AgentLine } from '#contract/agents.ts';
import { exactNumber } from './numbers.ts';
import { fleet } from './words/en/fleet.ts';

/** The facts of one agent in a line, those that explain its state first; what is fine and does not explain it is left out last. */
export function agentLine({ healthFailing: failing, healthDegraded: degraded, pendingObjects: pending, ...agent }: AgentLine): string[] {
  const { line } = fleet;
  // How fast an agent was that fell late or silent tells nothing of now.
  const isPresent = agent.state !== 'silent' && agent.state !== 'stale';
  return [
    agent.clusterName,
    ...(failing ? [line.failing(failing)] : []),
    ...(degraded ? [line.degraded(degraded)] : []),
    ...(pending ? [line.pending(pending)] : []),
    ...(agent.k8sReachable === false ? [line.unreachable] : []),
    ...(agent.status !== 'ACTIVE' && agent.state !== 'inactive' ? [agent.status.toLowerCase()] : []),
    ...(agent.connection === null ? [] : [line.connection[agent.connection]]),
    ...(agent.k8sReachable !== false && agent.k8sLatencyMs !== null && isPresent ? [`${exactNumber(agent.k8sLatencyMs)} ms`] : []),
  ];
}
