import type { AgentDetail } from '#contract/agents.ts';
import { causesOf } from './agent-causes.ts';

/** What stands on the way of a deployment object to one agent, in the order it travels. */
export type DeliveryCheck =
  | { kind: 'consent'; verdict: Verdict; generators: number | null }
  | { kind: 'reach'; verdict: Verdict; targets: number | null; labels: number | null; annotations: number | null }
  | { kind: 'reports'; verdict: Verdict; state: 'reports' | 'late' | 'silent' | 'never' }
  | { kind: 'active'; verdict: Verdict; status: string }
  /** `isOld`: what it said last, before it fell late or silent. */
  | { kind: 'cluster'; verdict: Verdict; reachable: boolean | null; isOld: boolean }
  /** `answered`: any of its answers is known; without one there is nothing to be clear about. */
  | { kind: 'answers'; verdict: Verdict; pending: number; refused: number; answered: boolean };
/** `unknown` where the fact was not read or was never reported: it blocks nothing and clears nothing. */
export type Verdict = 'clear' | 'blocked' | 'unknown';

/** Counts of the sets that decide reach; null where one could not be read. The system generator's registration is not counted. */
export interface Bonds {
  generators: number | null;
  targets: number | null;
  labels: number | null;
  annotations: number | null;
}

const verdict = (clear: boolean | null): Verdict => (clear === null ? 'unknown' : clear ? 'clear' : 'blocked');

/** Answers "why does nothing arrive?": each gate with what is known about it, none left out because it looks fine. */
export function deliveryChecks(detail: AgentDetail, { generators, targets, labels, annotations }: Bonds): DeliveryCheck[] {
  const { agent } = detail;
  const causes = causesOf(detail);
  const refusal = causes.find((cause) => cause.kind === 'apply_failed');
  const refused = refusal?.kind === 'apply_failed' ? refusal.objects : 0;
  const answered = detail.recentEvents.length > 0;
  const ways = [targets, labels, annotations];
  const someWay = ways.some((count) => count !== null && count > 0) ? true : ways.includes(null) ? null : false;
  const hears = agent.lastHeartbeat === null ? 'never' : agent.state === 'silent' ? 'silent' : agent.state === 'stale' ? 'late' : 'reports';
  // A good word from an agent that fell silent clears nothing.
  const isOld = hears === 'silent' || hears === 'late';
  return [
    { kind: 'consent', generators, verdict: verdict(generators === null ? null : generators > 0) },
    { kind: 'reach', targets, labels, annotations, verdict: verdict(someWay) },
    { kind: 'reports', state: hears, verdict: hears === 'late' ? 'unknown' : verdict(hears === 'reports') },
    { kind: 'active', status: agent.status, verdict: verdict(agent.status === 'ACTIVE') },
    {
      kind: 'cluster',
      reachable: agent.k8sReachable,
      isOld,
      verdict: verdict(isOld && agent.k8sReachable === true ? null : agent.k8sReachable),
    },
    { kind: 'answers', pending: agent.pendingObjects, refused, answered, verdict: verdict(refused > 0 ? false : answered || null) },
  ];
}
