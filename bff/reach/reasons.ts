import type { Annotation } from '#contract/agent-tags.ts';
import type { ReachReason } from '#contract/reach.ts';

/** What an agent or a stack carries that the other may carry too. */
export interface Tags {
  labels: readonly string[];
  annotations: readonly Annotation[];
}
export interface AgentSide extends Tags {
  /** Ids of the stacks it was explicitly given. */
  targets: readonly string[];
  /** Ids of the generators it consented to. */
  registrations: readonly string[];
}
/** A live stack: deleted ones reach nobody and are not asked about. */
export interface StackSide extends Tags {
  id: string;
  generatorId: string;
}
export type Reach = { verdict: 'reached'; reasons: ReachReason[] } | { verdict: 'nearly'; shares: ReachReason[] } | { verdict: 'none' };

/** Labels are opaque and equal as whole strings; annotations by key and value. */
export function shared(a: Tags, b: Tags): ReachReason[] {
  const labels = new Set(b.labels);
  const values = new Map(b.annotations.map(({ key, value }) => [key, value]));
  return [
    ...a.labels
      .filter((label) => labels.has(label))
      .toSorted()
      .map((label) => ({ by: 'label' as const, label })),
    ...a.annotations
      .filter(({ key, value }) => values.get(key) === value)
      .toSorted((one, other) => (one.key < other.key ? -1 : 1))
      .map(({ key, value }) => ({ by: 'annotation' as const, key, value })),
  ];
}

/** Whether and why a stack reaches an agent (CONTRACT 5): any one reason is enough, and an explicit target asks for no registration. */
export function reachOf(agent: AgentSide, stack: StackSide): Reach {
  const isTarget = agent.targets.includes(stack.id);
  const hasConsent = agent.registrations.includes(stack.generatorId);
  const shares = shared(agent, stack);
  const reasons: ReachReason[] = [...(isTarget ? [{ by: 'target' as const }] : []), ...(hasConsent ? shares : [])];
  if (reasons.length > 0) return { verdict: 'reached', reasons };
  return shares.length > 0 ? { verdict: 'nearly', shares } : { verdict: 'none' };
}
