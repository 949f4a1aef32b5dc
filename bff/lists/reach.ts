import type { CallScope } from '#bff/broker/broker-http.ts';
import type { Coverage } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';
import type { ReachReason, TagReach as TagReachAnswer } from '#contract/reach.ts';
import type { Clock } from '#contract/ports.ts';
import type { RollUp } from '#contract/stacks.ts';
import type * as z from 'zod/mini';
import type { Desk } from './desk.ts';
import type { Lists } from './lists.ts';
import { within } from './time.ts';

export interface RolledUp {
  counts: RollUp;
  clusters: number;
}
/** What reaches one agent, as the broker itself says it this moment, and why. */
export interface AgentReached {
  reached: { stackId: string; reasons: ReachReason[] }[];
  /** Stacks that share something with it, but whose generator it is not registered with. */
  nearly: { stackId: string; shares: ReachReason[] }[];
  /** False where the broker's list and the computed one differ. */
  agrees: boolean;
  /** Stacks whose labels and annotations are known, of all. */
  coverage: z.infer<typeof Coverage>;
  arrivedMs: number;
}
/** How many agents each label and annotation of a stack reaches, and how many nothing else is known to reach. */
export type TagReach = Pick<TagReachAnswer, 'labels' | 'annotations'>;
/** What the reach index knows of stacks and agents. It reads through the lists, so they cannot know the index itself. */
export interface Reach {
  /** Rises when anything below may answer differently. */
  version(): number;
  stackIds(): Iterable<string>;
  /** Agents that the stack reaches, as far as known; null before any agent is. */
  count(stackId: string): number | null;
  /** Null before they were read. */
  labels(stackId: string): readonly string[] | null;
  /** What reached agents made of this revision, and in how many clusters they are; null while that cannot be told. */
  rollUp(stackId: string, revisionId: string, scope: CallScope): Promise<RolledUp | null>;
  /** How much of the agents the index knows. */
  coverage(): z.infer<typeof Coverage>;
  /** The console itself changed what this stack is, carries or holds: the index is to read it anew, before anything else. */
  changed(stackId: string): void;
  /** The same of an agent, and of generators where its consent was changed. */
  agentChanged(agentId: string, generatorIds?: readonly string[]): void;
  /** Somebody looks at these: what is old of them is read soon. */
  shown(things: { agents?: readonly string[]; stacks?: readonly string[] }): void;
  /** Makes sure that the host, which finds agents by what the index knows, knows it. */
  told(): Promise<void>;
  /** Numbers of the agents that a stack reaches, for a reason of this kind or any, as marks; the host knows whose they are. */
  marks(stackId: string, by?: ReachReason['by']): Promise<Uint32Array>;
  /** Why a stack reaches some agents. */
  reasons(stackId: string, agentIds: readonly string[]): ReadonlyMap<string, ReachReason[]>;
  /** Nothing where it is not known yet. */
  ofTags(stackId: string): TagReach;
  /** @throws `not_found`, `key_cannot_read` */
  ofAgent(agentId: string, scope: CallScope): Promise<AgentReached>;
  /** Begins to read in the background, or goes on. */
  resume(): void;
  /** Requests under way still end; none begins. */
  pause(): void;
  close(): Promise<void>;
}
/** What an index of one credential works with. */
export interface ReachParts extends Pick<Desk, 'broker' | 'owner' | 'host' | 'clock' | 'log' | 'minMs'> {
  ownScope: () => CallScope;
  /** They are there once it is asked for anything. */
  lists: () => Lists;
}

/** Where there is no index nothing is said about reach. */
export const noReach: Reach = {
  version: () => 0,
  stackIds: () => [],
  count: () => null,
  labels: () => null,
  rollUp: async () => null,
  coverage: () => ({ known: 0, total: 0, oldestMs: null }),
  changed: () => undefined,
  agentChanged: () => undefined,
  shown: () => undefined,
  told: async () => undefined,
  marks: async () => new Uint32Array(0),
  reasons: () => new Map(),
  ofTags: () => ({ labels: [], annotations: [] }),
  ofAgent: () =>
    Promise.reject(new ProblemError('key_cannot_read', 'The broker shows this to admin keys only, and you ride a generator’s key')),
  resume: () => undefined,
  pause: () => undefined,
  close: async () => undefined,
};

/** How long an answer waits for what only adds to it. */
const patienceMs = 2_000;
/** The roll-up of a stack's current revision; null also where it fails or takes too long, so that it never takes the rest with it. */
export async function rollUpOf(
  reach: Reach,
  clock: Clock,
  stackId: string,
  current: { id: string } | null,
  scope: CallScope,
): Promise<RolledUp | null> {
  return (
    current &&
    within(
      clock,
      patienceMs,
      reach.rollUp(stackId, current.id, scope).catch(() => null),
    )
  );
}
